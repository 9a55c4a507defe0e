"""An OpenID Connect provider on loopback: authorization code flow with PKCE, ID tokens signed with RS256, and RP-initiated logout.

It lets in whoever types a name, which is all that it does not do as a real one. Everything else is checked as OpenID Connect Core 1.0 (3.1), RFC 6749,
RFC 7636 and OpenID Connect RP-Initiated Logout 1.0 ask for: whoever gets around a rule is refused, so that a client that ignores it fails the test.
"""

import base64
import hashlib
import html
import json
import secrets
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey

CODE_SECONDS = 60


@dataclass(frozen=True)
class Grant:
    """What a code stands for: whom, asked for by whom, and with which challenge."""

    name: str
    redirect_uri: str
    nonce: str
    challenge: str
    until: float


@dataclass
class Provider:
    """The provider with its one client. redirect_uri: the only address that it sends anybody back to. refused: what was asked against the rules. addresses: of
    those who have another than their name."""

    redirect_uri: str = ""
    client_id: str = "whodunit"
    client_secret: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    issuer: str = ""
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"use": "sig", "alg": "RS256"}, auto_kid=True))
    codes: dict[str, Grant] = field(default_factory=dict)
    signed_in: dict[str, str] = field(default_factory=dict)
    tokens: list[str] = field(default_factory=list)
    addresses: dict[str, str] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)

    @property
    def metadata_url(self) -> str:
        return f"{self.issuer}/.well-known/openid-configuration"

    def metadata(self) -> dict[str, Any]:
        """OpenID Connect Discovery 1.0, section 3."""
        return {
            "issuer": self.issuer,
            **{f"{name}_endpoint": f"{self.issuer}/{name}" for name in ("authorization", "token", "userinfo", "end_session")},
            "jwks_uri": f"{self.issuer}/jwks",
            "response_types_supported": ["code"],
            "grant_types_supported": ["authorization_code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "scopes_supported": ["openid", "email", "profile"],
            "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
            "code_challenge_methods_supported": ["S256"],
            "claims_supported": ["sub", "name", "email"],
        }

    def authorization_fault(self, asked: Mapping[str, str]) -> str:
        """What is wrong with a request for a code, empty where nothing is."""
        wanted = {"response_type": "code", "client_id": self.client_id, "redirect_uri": self.redirect_uri, "code_challenge_method": "S256"}
        wrong = [name for name, value in wanted.items() if asked.get(name) != value]
        wrong += [name for name in ("state", "nonce", "code_challenge") if not asked.get(name)]
        return ", ".join(wrong if "openid" in asked.get("scope", "").split() else [*wrong, "scope"])

    def code_for(self, name: str, asked: Mapping[str, str]) -> str:
        """A code to be changed for tokens once, soon, and by whoever holds the verifier of the challenge."""
        code = secrets.token_urlsafe(24)
        self.codes[code] = Grant(name, asked["redirect_uri"], asked["nonce"], asked["code_challenge"], time.time() + CODE_SECONDS)
        return code

    def exchange(self, asked: Mapping[str, str], basic: str) -> dict[str, Any] | None:
        """Tokens for a code; None where anything does not fit. A code is used up by the first try."""
        grant = self.codes.pop(asked.get("code", ""), None)
        client, _, secret = (
            base64.b64decode(basic).decode().partition(":") if basic else (asked.get("client_id", ""), "", asked.get("client_secret", ""))
        )
        digest = hashlib.sha256(asked.get("code_verifier", "").encode()).digest()
        fits = (
            grant is not None
            and asked.get("grant_type") == "authorization_code"
            and (unquote(client), unquote(secret)) == (self.client_id, self.client_secret)
            and asked.get("redirect_uri") == grant.redirect_uri
            and base64.urlsafe_b64encode(digest).rstrip(b"=").decode() == grant.challenge
            and time.time() < grant.until
        )
        if not fits or grant is None:
            return None
        now, access = int(time.time()), secrets.token_urlsafe(24)
        self.signed_in[access] = grant.name
        claims = {**self.claims_of(grant.name), "iss": self.issuer, "aud": self.client_id, "iat": now, "exp": now + 600, "nonce": grant.nonce}
        token = jwt.encode({"alg": "RS256", "kid": self.key.kid}, claims, self.key)
        self.tokens.append(token)
        return {"access_token": access, "token_type": "Bearer", "expires_in": 600, "id_token": token, "scope": "openid email profile"}

    def claims_of(self, name: str) -> dict[str, Any]:
        return {"sub": f"subject of {name}", "name": name, "email": self.addresses.get(name, f"{name}@analysts.example")}


@contextmanager
def oidc_provider() -> Iterator[Provider]:
    """A running provider; its client's `redirect_uri` is to be set once it is known."""
    provider = Provider()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path, asked = urlsplit(self.path).path, _flat(urlsplit(self.path).query)
            if path == "/.well-known/openid-configuration":
                self._json(200, provider.metadata())
            elif path == "/jwks":
                self._json(200, KeySet([provider.key]).as_dict(private=False))
            elif path == "/authorization":
                self._sign_in_page(asked)
            elif path == "/userinfo":
                name = provider.signed_in.get(self.headers.get("Authorization", "").removeprefix("Bearer "))
                self._json(200, provider.claims_of(name)) if name else self._refuse("userinfo", 401, "invalid_token")
            elif path == "/end_session":
                self._sign_out(asked)
            else:
                self._json(404, {"error": "not_found"})

        def do_POST(self) -> None:
            path, asked = urlsplit(self.path).path, _flat(self.rfile.read(int(self.headers["Content-Length"])).decode())
            if path == "/token":
                made = provider.exchange(asked, self.headers.get("Authorization", "").removeprefix("Basic "))
                self._json(200, made) if made else self._refuse("token", 400, "invalid_grant")
            elif path == "/authorization" and not provider.authorization_fault(asked):
                answer = {"error": "access_denied"} if asked.get("deny") else {"code": provider.code_for(asked["name"], asked)}
                self._redirect(f"{asked['redirect_uri']}?{urlencode({**answer, 'state': asked['state']})}")
            else:
                self._refuse(path, 400, "invalid_request")

        def _sign_in_page(self, asked: Mapping[str, str]) -> None:
            if fault := provider.authorization_fault(asked):
                self._refuse(f"authorization: {fault}", 400, "invalid_request")
                return
            kept = "".join(f'<input type="hidden" name="{html.escape(name)}" value="{html.escape(value)}">' for name, value in asked.items())
            form = '<label>Name <input name="name"></label><button>Continue</button><button name="deny" value="1">Deny</button>'
            self._send(200, f'<!doctype html><title>Provider</title><form method="post">{kept}{form}</form>'.encode(), "text/html")

        def _sign_out(self, asked: Mapping[str, str]) -> None:
            if asked.get("id_token_hint") not in provider.tokens or asked.get("post_logout_redirect_uri") != provider.redirect_uri:
                self._refuse("end_session", 400, "invalid_request")
                return
            provider.tokens.remove(asked["id_token_hint"])
            provider.signed_in.clear()
            self._redirect(provider.redirect_uri)

        def _refuse(self, what: str, status: int, error: str) -> None:
            provider.refused.append(what)
            self._json(status, {"error": error})

        def _redirect(self, where: str) -> None:
            self.send_response(303)
            self.send_header("Location", where)
            self.end_headers()

        def _json(self, status: int, facts: Mapping[str, Any]) -> None:
            self._send(status, json.dumps(facts).encode(), "application/json")

        def _send(self, status: int, body: bytes, kind: str) -> None:
            self.send_response(status)
            for name, value in (("Content-Type", kind), ("Content-Length", str(len(body))), ("Cache-Control", "no-store")):
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    provider.issuer = f"http://127.0.0.1:{server.server_address[1]}"
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()


def _flat(query: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(query).items()}
