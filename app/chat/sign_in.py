"""Signing in by an OpenID Connect provider, where the page can be reached from other machines. Who someone is, the provider says; nothing is kept."""

import os
from collections.abc import Mapping
from typing import Any

import streamlit as st

from app.plain import as_html, as_label

REQUIRED = "WHODUNIT_SIGN_IN"
"""Set to "required" by `whodunit chat` where every page must be signed in to."""
_NEEDED = ("client_id", "client_secret", "server_metadata_url")


def provider() -> str | None:
    """The name under which `[auth]` of Streamlit's secrets file holds a provider, empty for one without a name; None where none is configured whole."""
    auth: Mapping[str, Any] = (st.secrets.get("auth") or {}) if st.secrets.load_if_toml_exists() else {}
    if not (auth.get("redirect_uri") and auth.get("cookie_secret")):
        return None
    if all(auth.get(key) for key in _NEEDED):
        return ""
    named = (name for name, facts in auth.items() if isinstance(facts, Mapping) and all(facts.get(key) for key in _NEEDED))
    return next(named, None)


def signed_in() -> bool:
    """Whether the page may be shown; where not, draws the way in instead. Where signing in is required, also draws the way out."""
    if os.environ.get(REQUIRED) != "required":
        return True
    if st.user.get("is_logged_in"):
        with st.sidebar, st.container(key="user"):
            st.html(f'<div class="w-foot">Signed in as {as_html(_name())}</div>')
            st.button("Sign out", key="sign-out", type="tertiary", icon=":material/logout:", on_click=st.logout)
        return True
    st.html('<div class="w-hero"><h1>Whodunit</h1><p>Who attacked whom, and when? Sign in to ask.</p></div>')
    name = provider()
    if name is None:
        st.error(as_label("Nobody can sign in: the secrets file names no provider."), icon=":material/error:")
    else:
        with st.container(horizontal_alignment="center"):
            st.button("Sign in", key="sign-in", type="primary", icon=":material/login:", on_click=st.login, args=(name,) if name else ())
    return False


def user() -> str:
    """Who is signed in, empty where nobody needs to be: the provider and what it calls the subject, which it never gives to another (OpenID Connect
    Core 1.0, section 5.7; an address it may)."""
    if os.environ.get(REQUIRED) != "required" or not st.user.get("is_logged_in"):
        return ""
    return " ".join(str(st.user.get(claim) or "") for claim in ("iss", "sub")).strip()


def _name() -> str:
    """What a reader calls who is signed in."""
    return str(st.user.get("email") or st.user.get("name") or st.user.get("sub") or "somebody without a name")
