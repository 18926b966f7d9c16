#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""lying-server.py FILE: serves one file on a free port of this computer, and lies about it in the way the path says.

Prints the port, then a line for each request: "PATH RANGE IF-RANGE STATUS". It ends when its standard input does, so that
nothing is left behind by a test that dies.
"""

import http.server
import sys
import threading
import time

CONTENT = open(sys.argv[1], "rb").read()
ETAG = '"edition-1"'
HTML = b"<html>Please log in</html>"


class Server(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *args):
        pass

    def note(self, status):
        print(self.path, self.headers.get("Range", "-"), self.headers.get("If-Range", "-"), status, flush=True)

    def begin(self, status, length=None, **headers):
        self.note(status)
        self.send_response(status)
        if length is None:
            self.send_header("Connection", "close")
        else:
            self.send_header("Content-Length", str(length))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()

    def break_off(self):
        """Ends the connection, whatever was promised."""
        self.wfile.flush()
        self.close_connection = True

    def where(self):
        """From where on the file is wanted, as far as the condition holds."""
        wanted = self.headers.get("Range", "")
        if not wanted.startswith("bytes=") or self.headers.get("If-Range", ETAG) != ETAG:
            return 0
        return int(wanted[6:].split("-")[0])

    def serve(self, content=CONTENT, start=None, **headers):
        """As an honest server does; a start of its own instead of what was asked for."""
        start = self.where() if start is None else start
        if start:
            headers["Content-Range"] = f"bytes {start}-{len(content) - 1}/{len(content)}"
        self.begin(206 if start else 200, len(content) - start, **headers)
        return content[start:]

    # --- the ways to lie -------------------------------------------------------------------------------------------

    def honest(self):
        self.wfile.write(self.serve(ETag=ETAG))

    def untagged(self):
        self.wfile.write(self.serve())

    def no_ranges(self):
        self.wfile.write(self.serve(start=0, ETag=ETAG))

    def wrong_sum(self):
        self.wfile.write(self.serve(bytes(reversed(CONTENT))))

    def short(self):
        """Less than the file has, and says so."""
        self.wfile.write(self.serve(CONTENT[:-100]))

    def short_unannounced(self):
        self.begin(200)
        self.wfile.write(CONTENT[:-100])
        self.break_off()

    def long_unannounced(self):
        self.begin(200)
        try:
            while True:
                self.wfile.write(CONTENT)
        except OSError:
            self.note("hung-up")
        self.close_connection = True

    def other_part(self):
        self.wfile.write(self.serve(start=10 if self.where() else 0))

    def drop(self):
        """Breaks off in the middle; the next time goes on from there."""
        rest = self.serve(ETag=ETAG)
        if self.where():
            self.wfile.write(rest)
        else:
            self.wfile.write(rest[: len(CONTENT) // 2])
            self.break_off()

    def drop_always(self):
        self.serve(ETag=ETAG)
        self.break_off()

    def drop_half(self):
        """Breaks off in the middle, and never has more."""
        rest = self.serve(ETag=ETAG)
        if not self.where():
            self.wfile.write(rest[: len(CONTENT) // 2])
        self.break_off()

    def stall(self):
        rest = self.serve(ETag=ETAG)
        if not self.where():
            self.wfile.write(rest[: len(CONTENT) // 2])
            self.wfile.flush()
        time.sleep(600)

    def slow(self):
        rest = self.serve(ETag=ETAG)
        for i in range(0, len(rest), len(CONTENT) // 20 + 1):
            self.wfile.write(rest[i : i + len(CONTENT) // 20 + 1])
            self.wfile.flush()
            time.sleep(0.1)

    def dribble(self):
        """150 bytes a second, which would be weeks for a network."""
        rest = self.serve(ETag=ETAG)
        for i in range(0, len(rest), 15):
            self.wfile.write(rest[i : i + 15])
            self.wfile.flush()
            time.sleep(0.1)

    def missing(self):
        self.begin(404, len(HTML), Content_Type="text/html")
        self.wfile.write(HTML)

    def busy(self):
        self.begin(503, 0)

    def web_page(self):
        self.begin(200, len(HTML), Content_Type="text/html; charset=utf-8")
        self.wfile.write(HTML)

    def redirect(self):
        self.begin(302, 0, Location="/honest")

    def redirect_for_ever(self):
        self.begin(302, 0, Location="/redirect_for_ever")

    def redirect_to_file(self):
        self.begin(302, 0, Location="file://" + sys.argv[1])

    def do_GET(self):
        getattr(self, self.path.strip("/").split("/")[0])()


class Quiet(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request, client_address):
        """Clients hang up; that is nothing to report."""


def main():
    server = Quiet(("127.0.0.1", 0), Server)
    print(server.server_address[1], flush=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    sys.stdin.read()


if __name__ == "__main__":
    main()
