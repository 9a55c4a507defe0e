"""Scraped pages of publishers that don't exist, written for the tests of cleaning."""

from ingest.nouns import Draft

BODY = (
    "Attackers who call themselves the Copper Gull broke into the port authority of Rosvik on Monday and switched off its cranes.",
    "The port said that no ship was in danger, but that unloading would stand still until the weekend because backups had been wiped as well.",
    "Investigators of the firm Halden Watch found the door that the intruders had used: a remote desktop server without a second factor.",
    "According to them the same group stole payroll files from two ferry companies in the spring and asked for 40 coins in return.",
    "A spokeswoman declined to say whether the authority would pay.",
)

MENU = ("Home", "Latest", "Security", "Fisheries", "Weather", "Jobs at the Courier", "Sign in")
FOOTER = ("Contact us", "Privacy policy", "Cookie settings", "The Courier is printed in Rosvik and is read on every island of the archipelago.")


def lined(title: str, paragraphs: tuple[str, ...], *, date: str = "March 3, 2021", author: str = "Ida Holm", tail: tuple[str, ...] = ()) -> str:
    """A page with one element a line: menu, headline, byline, paragraphs, related links, footer."""
    head = (f"{title} | The Courier", *MENU, title, f"By {author}", date, "3 min read")
    box = ("Related articles", "Herring prices fall for a third week", "Why the old lighthouse is being painted red")
    return "\n\n".join((*head, *paragraphs, *tail, *box, *FOOTER))


def glued(title: str, paragraphs: tuple[str, ...], *, date: str = "March 3rd, 2021", author: str = "Ida Holm") -> str:
    """The same page as a scraper leaves it that puts nothing between elements."""
    return (
        f"{title}HomeLatestSecurityFisheriesWeatherGet the Newsletter{author}{date}{title}{''.join(paragraphs)}"
        f"TagsPortsRansomwareNo previous articleNo new articles{author} is a reporter at the Courier and covers harbours.AboutContact UsPrivacy"
    )


def draft(
    text: str, *, title: str | None = None, url: str | None = "https://www.thecourier.example/2021/rosvik-port-cranes-stopped", path: str = "a.md"
) -> Draft:
    """A reference draft of such a page."""
    return Draft(path, "reference", text, title=title, url=url)
