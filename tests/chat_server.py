"""A chat server of OpenAI's protocol on loopback whose replies a test chooses; what it was sent can be read back."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Reply = str | int | bytes | Callable[[str], str]
"""Text to stream; an HTTP status; raw bytes of the stream, after which the connection is cut; or a function of the prompt that makes the text."""
PIECE = 7
"""Characters of one streamed piece: short enough to cut markers, quotes and escapes in two."""


class ChatServer:
    """Answers the n-th request with the n-th reply, and every further one with the last."""

    def __init__(self, *replies: Reply, pause: float = 0.0) -> None:
        self.replies = replies
        self.pause = pause
        self.requests: list[dict[str, Any]] = []
        self.keys: list[str] = []
        self.over = threading.Event()
        self.url = ""

    @property
    def prompts(self) -> list[str]:
        """The user's message of every request."""
        return [request["messages"][-1]["content"] for request in self.requests]


@contextmanager
def chat_server(*replies: Reply, pause: float = 0.0) -> Iterator[ChatServer]:
    """A running server, `.url` for the address. pause: seconds before every piece."""
    state = ChatServer(*replies, pause=pause)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.0"

        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b'{"data": []}')

        def do_POST(self) -> None:
            request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            state.requests.append(request)
            state.keys.append(self.headers.get("Authorization", ""))
            reply = state.replies[min(len(state.requests), len(state.replies)) - 1]
            if callable(reply):
                reply = reply(request["messages"][-1]["content"])
            with suppress(ConnectionError):
                self._answer(reply)

        def _answer(self, reply: str | int | bytes) -> None:
            if isinstance(reply, int):
                self.send_response(reply)
                self.send_header("Content-Type", "application/json")
                self.end_headers()
                self.wfile.write(json.dumps({"error": {"message": f"key {self.headers.get('Authorization')} is bad"}}).encode())
                return
            self.send_response(200)
            self.send_header("Content-Type", "text/event-stream")
            self.end_headers()
            if isinstance(reply, bytes):
                self.wfile.write(reply)
                return
            for at in range(0, len(reply), PIECE):
                if state.over.wait(state.pause):
                    return
                self._event({"delta": {"role": "assistant", "content": reply[at : at + PIECE]}, "index": 0, "finish_reason": None})
            self._event({"delta": {}, "index": 0, "finish_reason": "stop"})
            self.wfile.write(b"data: [DONE]\n\n")

        def _event(self, choice: dict[str, Any]) -> None:
            event = {"id": "1", "object": "chat.completion.chunk", "created": 0, "model": "stub", "choices": [choice]}
            self.wfile.write(b"data: " + json.dumps(event).encode() + b"\n\n")
            self.wfile.flush()

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    state.url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    try:
        yield state
    finally:
        state.over.set()
        server.shutdown()
        server.server_close()
        thread.join()
