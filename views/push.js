// Hears which rows pass the filters as soon as the page's script knows, past Streamlit's own messages (views/serving.py).
// Only the latest message counts; after a break the server sends it again.

const AGAIN = 1000; // milliseconds until a lost connection is tried anew
const UNKNOWN = 4404; // the server does not know this visitor any more: the page will name another address

export class Line {
  constructor(heard) {
    this.heard = heard;
  }

  // Listen at an address; the one before is left.
  open(address) {
    if (this.address === address) return;
    this.address = address;
    this.socket?.close();
    this.connect();
  }

  connect() {
    const { address } = this, socket = (this.socket = new WebSocket(address));
    socket.onmessage = ({ data }) => { if (this.socket === socket) this.heard(JSON.parse(data)); };
    socket.onclose = ({ code }) => {
      if (this.socket === socket && code !== UNKNOWN) setTimeout(() => { if (this.socket === socket) this.connect(); }, AGAIN);
    };
  }
}
