"""From what the world holds news in (files, pages, feeds, archives) to articles, and on into the store."""
