"""Streamlit's settings for the pages: loopback, quiet, and a light and a dark theme of one family."""

from typing import Any

_LOOPBACK = ("127.0.0.1", "::1", "localhost")
LIGHT = {
    "primaryColor": "#1f5f5b",
    "backgroundColor": "#fdfcfa",
    "secondaryBackgroundColor": "#f4f2ee",
    "textColor": "#22262a",
    "borderColor": "#e5e1d9",
    "linkColor": "#1f5f5b",
    "blueBackgroundColor": "#eaf1ef",
    "blueTextColor": "#1f5f5b",
}
DARK = {
    "primaryColor": "#6fc2b7",
    "backgroundColor": "#16181a",
    "secondaryBackgroundColor": "#212427",
    "textColor": "#e6e4df",
    "borderColor": "#32363a",
    "linkColor": "#8bd3c9",
    "blueBackgroundColor": "#1d2b2a",
    "blueTextColor": "#8bd3c9",
}
_LIGHT_SIDEBAR = {"backgroundColor": "#f7f5f1", "secondaryBackgroundColor": "#eeebe4"}
_DARK_SIDEBAR = {"backgroundColor": "#1b1e20", "secondaryBackgroundColor": "#282c2f"}
_BOTH = {"font": "sans-serif", "headingFont": "serif", "baseRadius": "0.6rem", "showWidgetBorder": True}


def settings(*, address: str, port: int) -> dict[str, Any]:
    """Options for Streamlit's server. Nothing is sent anywhere, nothing is watched, no traceback reaches a page."""
    return {
        "server.address": address,
        "server.port": port,
        "server.allowedHosts": [address, "localhost", "127.0.0.1"] if address in _LOOPBACK else [],
        "server.headless": True,
        "server.fileWatcherType": "none",
        "server.showEmailPrompt": False,
        "server.enableAgentApi": False,
        "server.maxUploadSize": 200,
        "browser.gatherUsageStats": False,
        "client.toolbarMode": "minimal",
        "client.showErrorDetails": "none",
        "client.showErrorLinks": False,
        "client.disableDataExport": True,
        "logger.hideWelcomeMessage": True,
        "logger.level": "warning",
        "runner.magicEnabled": False,
        **{f"theme.{name}": value for name, value in _BOTH.items()},
        "theme.sidebar.paddingTop": "0rem",
        "theme.paddingTop": "2.5rem",
        **{f"theme.light.{name}": value for name, value in LIGHT.items()},
        **{f"theme.dark.{name}": value for name, value in DARK.items()},
        **{f"theme.light.sidebar.{name}": value for name, value in _LIGHT_SIDEBAR.items()},
        **{f"theme.dark.sidebar.{name}": value for name, value in _DARK_SIDEBAR.items()},
    }
