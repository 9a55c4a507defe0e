"""Run with: python -m pytest tests/test_when.py

Every phrase of the table has the interval that a careful reader of the publication date would give it; every sentence of NAMES holds words that
look like times and are none.
"""

import time
from datetime import date

import pytest

from ingest.nouns import When
from ingest.when import compatible, find_times, resolve, say

# words | publication date (- for none) | first day | last day (left out where it is the first) | grain. "none": has no place.
TABLE = """
7 May 2021 | - | 2021-05-07 | | day
May 7, 2021 | - | 2021-05-07 | | day
May 7th, 2021 | - | 2021-05-07 | | day
the 7th of May 2021 | - | 2021-05-07 | | day
7th of May, 2021 | - | 2021-05-07 | | day
07-May-2021 | - | 2021-05-07 | | day
Feb 5th, 2019 | - | 2019-02-05 | | day
Sept. 10, 2023 | - | 2023-09-10 | | day
2 Sept. 2016 | - | 2016-09-02 | | day
November 3rd 2020 | - | 2020-11-03 | | day
2021-05-07 | - | 2021-05-07 | | day
2021/05/07 | - | 2021-05-07 | | day
2021-05-07T22:14:03Z | - | 2021-05-07 | | day
25.07.2021 | - | 2021-07-25 | | day
07.05.2021 | - | 2021-05-07 | | day
5/27/2021 | - | 2021-05-27 | | day
27/5/2021 | - | 2021-05-27 | | day
8/31/20 | - | 2020-08-31 | | day
05/05/2021 | - | 2021-05-05 | | day
05/07/2021 | 2021-05-20 | 2021-05-07 | | day
05/07/2021 | 2021-08-01 | 2021-05-07 | 2021-07-05 | span
Saturday, June 20 | 2020-06-30 | 2020-06-20 | | day
Wednesday, Jan. 30 | 2019-02-04 | 2019-01-30 | | day
Yesterday, June 25 | 2013-06-26 | 2013-06-25 | | day
7 May | 2021-06-01 | 2021-05-07 | | day
14 Feb. | 2022-02-20 | 2022-02-14 | | day
May 7th | 2021-05-07 | 2021-05-07 | | day
December 26 | 2022-01-04 | 2021-12-26 | | day
on the 23rd | 2020-07-30 | 2020-07-23 | | day
on the 30th, | 2020-07-02 | 2020-06-30 | | day
on the 31st. | 2021-03-05 | 2021-01-31 | | day
May 29 | 2020-05-28 | 2020-05-29 | | day
May 7 | - | none
May 7-9, 2021 | - | 2021-05-07 | 2021-05-09 | span
7–9 May 2021 | - | 2021-05-07 | 2021-05-09 | span
June 3 and 4, 2019 | - | 2019-06-03 | 2019-06-04 | span
between August 2 and 4 | 2020-08-20 | 2020-08-02 | 2020-08-04 | span
between March 12 and March 14 | 2019-04-01 | 2019-03-12 | 2019-03-14 | span
between October 16 and November 12, 2019 | - | 2019-10-16 | 2019-11-12 | span
Oct. 27-Nov. 20, 2020 | - | 2020-10-27 | 2020-11-20 | span
between December 28, 2016 and January 1, 2017 | - | 2016-12-28 | 2017-01-01 | span
January 20 to November 10, 2021 | - | 2021-01-20 | 2021-11-10 | span
from 2021-03-03 to 2021-03-05 | - | 2021-03-03 | 2021-03-05 | span
May 2021 | - | 2021-05-01 | 2021-05-31 | month
May, 2021 | - | 2021-05-01 | 2021-05-31 | month
July of 2017 | - | 2017-07-01 | 2017-07-31 | month
Sept 2019 | - | 2019-09-01 | 2019-09-30 | month
2018-05 | - | 2018-05-01 | 2018-05-31 | month
may 2021 | - | 2021-05-01 | 2021-05-31 | month
FEBRUARY 2016 | - | 2016-02-01 | 2016-02-29 | month
May '19 | - | 2019-05-01 | 2019-05-31 | month
in December | 2021-01-20 | 2020-12-01 | 2020-12-31 | month
in May | 2021-05-02 | 2021-05-01 | 2021-05-31 | month
in June | 2021-05-30 | 2020-06-01 | 2020-06-30 | month
in March | - | none
last May | 2022-02-03 | 2021-05-01 | 2021-05-31 | month
last December | 2022-09-19 | 2021-12-01 | 2021-12-31 | month
this past April | 2022-09-19 | 2022-04-01 | 2022-04-30 | month
April last year | 2020-08-15 | 2019-04-01 | 2019-04-30 | month
May of this year | 2020-08-15 | 2020-05-01 | 2020-05-31 | month
next January | 2020-08-15 | 2021-01-01 | 2021-01-31 | month
the February intrusion | 2023-06-22 | 2023-02-01 | 2023-02-28 | month
between March and May 2019 | - | 2019-03-01 | 2019-05-31 | span
from November 2021 to March 2022 | - | 2021-11-01 | 2022-03-31 | span
from November to March 2022 | - | 2021-11-01 | 2022-03-31 | span
From July 2022 through February 2023 | - | 2022-07-01 | 2023-02-28 | span
between February and July | 2023-12-21 | 2023-02-01 | 2023-07-31 | span
between November and January | 2021-02-10 | 2020-11-01 | 2021-01-31 | span
September-October 2023 | - | 2023-09-01 | 2023-10-31 | span
April to July of 2021 | - | 2021-04-01 | 2021-07-31 | span
July and August 2019 | - | 2019-07-01 | 2019-08-31 | span
since June until August 2020 | - | 2020-06-01 | 2020-08-31 | span
early May 2022 | - | 2022-05-01 | 2022-05-10 | week
late February | 2021-04-01 | 2021-02-21 | 2021-02-28 | week
mid-January 2014 | - | 2014-01-11 | 2014-01-20 | week
mid-July of this year | 2020-09-01 | 2020-07-11 | 2020-07-20 | week
the beginning of February 2018 | - | 2018-02-01 | 2018-02-10 | week
the end of November 2020 | - | 2020-11-21 | 2020-11-30 | week
at the end of June | 2023-07-02 | 2023-06-21 | 2023-06-30 | week
the first week of April 2020 | - | 2020-04-01 | 2020-04-07 | week
the last week of March | 2020-04-20 | 2020-03-25 | 2020-03-31 | week
the first half of June 2020 | - | 2020-06-01 | 2020-06-15 | week
late-June to late-July 2021 | - | 2021-06-21 | 2021-07-31 | span
the week of May 4, 2020 | - | 2020-05-04 | 2020-05-10 | week
2014 | - | 2014-01-01 | 2014-12-31 | year
in 2014 | - | 2014-01-01 | 2014-12-31 | year
(2019) | - | 2019-01-01 | 2019-12-31 | year
FY2020 | - | 2020-01-01 | 2020-12-31 | year
in '19 | - | 2019-01-01 | 2019-12-31 | year
the summer of '19 | - | 2019-06-01 | 2019-08-31 | season
the 2016 elections | - | 2016-01-01 | 2016-12-31 | year
this year | 2020-05-11 | 2020-01-01 | 2020-12-31 | year
last year | 2017-04-27 | 2016-01-01 | 2016-12-31 | year
earlier this year | 2020-05-09 | 2020-01-01 | 2020-05-09 | year
later this year | 2020-05-09 | 2020-05-09 | 2020-12-31 | year
Earlier in 2023 | 2023-08-09 | 2023-01-01 | 2023-08-09 | year
early this year | 2020-05-09 | 2020-01-01 | 2020-04-30 | season
late last year | 2020-05-09 | 2019-09-01 | 2019-12-31 | season
early 2021 | - | 2021-01-01 | 2021-04-30 | season
mid-2021 | - | 2021-05-01 | 2021-08-31 | season
mid 2021 | - | 2021-05-01 | 2021-08-31 | season
late-2017 | - | 2017-09-01 | 2017-12-31 | season
the beginning of 2017 | - | 2017-01-01 | 2017-03-31 | season
at the end of 2020 | - | 2020-10-01 | 2020-12-31 | season
the latter part of 2015 | - | 2015-09-01 | 2015-12-31 | season
final days of last year | 2021-02-11 | 2020-10-01 | 2020-12-31 | season
the end of the year | 2021-12-30 | 2021-10-01 | 2021-12-31 | season
2014 and 2015 | - | 2014-01-01 | 2015-12-31 | span
2014-2015 | - | 2014-01-01 | 2015-12-31 | span
2014/2015 | - | 2014-01-01 | 2015-12-31 | span
between 2013 and 2017 | - | 2013-01-01 | 2017-12-31 | span
from 2009 until 2017 | - | 2009-01-01 | 2017-12-31 | span
between late-2017 and early-2018 | - | 2017-09-01 | 2018-04-30 | span
from mid-2022 through early 2023 | - | 2022-05-01 | 2023-04-30 | span
2002 or 2003 | - | 2002-01-01 | 2003-12-31 | span
the 2010s | - | 2010-01-01 | 2019-12-31 | span
early 2020s | - | 2020-01-01 | 2023-12-31 | span
the late 1990s | - | 1997-01-01 | 1999-12-31 | span
the fall of 2020 | - | 2020-09-01 | 2020-11-30 | season
summer 2018 | - | 2018-06-01 | 2018-08-31 | season
2018 Summer | - | 2018-06-01 | 2018-08-31 | season
the autumn of 2011 | - | 2011-09-01 | 2011-11-30 | season
late summer of 2018 | - | 2018-08-01 | 2018-08-31 | month
the winter of 2018 | 2019-06-01 | 2018-12-01 | 2019-02-28 | season
winter 2018 | 2018-04-01 | 2017-12-01 | 2018-02-28 | season
the winter of 2018-2019 | - | 2018-12-01 | 2019-02-28 | season
this summer | 2021-10-01 | 2021-06-01 | 2021-08-31 | season
last summer | 2022-02-01 | 2021-06-01 | 2021-08-31 | season
last fall | 2022-02-01 | 2021-09-01 | 2021-11-30 | season
throughout the spring | 2022-08-23 | 2022-03-01 | 2022-05-31 | season
spring of this year | 2022-08-23 | 2022-03-01 | 2022-05-31 | season
Q3 2020 | - | 2020-07-01 | 2020-09-30 | quarter
in Q3 | 2021-02-01 | 2020-07-01 | 2020-09-30 | quarter
Q1'20 | - | 2020-01-01 | 2020-03-31 | quarter
3Q20 | - | 2020-07-01 | 2020-09-30 | quarter
2020 Q3 | - | 2020-07-01 | 2020-09-30 | quarter
the first quarter of 2023 | - | 2023-01-01 | 2023-03-31 | quarter
the second quarter of this year | 2015-07-27 | 2015-04-01 | 2015-06-30 | quarter
last quarter | 2021-02-01 | 2020-10-01 | 2020-12-31 | quarter
between Q1 and Q3 2022 | - | 2022-01-01 | 2022-09-30 | span
the first half of 2021 | - | 2021-01-01 | 2021-06-30 | half
H2 2022 | - | 2022-07-01 | 2022-12-31 | half
the second half of last year | 2021-02-01 | 2020-07-01 | 2020-12-31 | half
the first half of the year | 2021-09-01 | 2021-01-01 | 2021-06-30 | half
today | 2020-06-03 | 2020-06-03 | | day
earlier today | 2020-06-03 | 2020-06-03 | | day
this morning | 2020-06-03 | 2020-06-03 | | day
yesterday | 2020-03-01 | 2020-02-29 | | day
last night | 2020-06-03 | 2020-06-02 | | day
last Friday | 2019-11-21 | 2019-11-15 | | day
last Friday | 2019-11-15 | 2019-11-08 | | day
on Monday | 2022-09-19 | 2022-09-19 | | day
on Tuesday | 2020-10-15 | 2020-10-13 | | day
early Monday | 2019-12-12 | 2019-12-09 | | day
Friday night | 2020-04-18 | 2020-04-17 | | day
on Friday last week | 2020-04-22 | 2020-04-17 | | day
Wednesday morning | - | none
this week | 2020-05-09 | 2020-05-04 | 2020-05-10 | week
this week's attacks | 2020-05-09 | 2020-05-04 | 2020-05-10 | week
earlier this week | 2020-05-08 | 2020-05-04 | 2020-05-08 | week
Earlier in the week | 2020-05-08 | 2020-05-04 | 2020-05-08 | week
last week | 2022-09-19 | 2022-09-12 | 2022-09-18 | week
over the weekend | 2022-09-19 | 2022-09-17 | 2022-09-18 | week
last weekend | 2022-09-22 | 2022-09-17 | 2022-09-18 | week
over the Labor Day holiday weekend | 2020-09-10 | 2020-09-05 | 2020-09-07 | week
over the 4 July holiday weekend | 2009-07-08 | 2009-07-04 | 2009-07-05 | week
earlier this month | 2020-10-16 | 2020-10-01 | 2020-10-16 | month
earlier in the month | 2023-04-30 | 2023-04-01 | 2023-04-30 | month
this month | 2020-10-16 | 2020-10-01 | 2020-10-31 | month
last month | 2021-01-16 | 2020-12-01 | 2020-12-31 | month
late last month | 2021-01-16 | 2020-12-21 | 2020-12-31 | week
two weeks ago | 2021-05-20 | 2021-05-03 | 2021-05-09 | week
three days ago | 2021-05-20 | 2021-05-17 | | day
ten days ago | 2021-05-20 | 2021-05-10 | | day
about an hour ago | 2021-05-20 | 2021-05-19 | 2021-05-20 | day
two months ago | 2021-05-20 | 2021-03-01 | 2021-03-31 | month
a year ago | 2021-05-20 | 2020-01-01 | 2020-12-31 | year
four years ago | 2021-05-20 | 2017-01-01 | 2017-12-31 | year
over the past three years | 2015-06-16 | 2012-06-16 | 2015-06-16 | span
over the past 20 months | 2021-10-31 | 2020-02-29 | 2021-10-31 | span
in the past two weeks | 2022-03-08 | 2022-02-22 | 2022-03-08 | span
over the last month | 2022-08-23 | 2022-07-23 | 2022-08-23 | span
over the past year | 2022-08-23 | 2021-08-23 | 2022-08-23 | span
the last 24 hours | 2022-08-23 | 2022-08-22 | 2022-08-23 | span
during the last few years | 2022-08-23 | 2019-08-23 | 2022-08-23 | span
the past three years | - | none
a few months ago | - | none
since 2014 | 2019-05-05 | 2014-01-01 | 2019-05-05 | span
since at least 2014 | 2019-05-05 | 2014-01-01 | 2019-05-05 | span
since at least as early as 2015 | 2019-05-05 | 2015-01-01 | 2019-05-05 | span
since July 28, 2023 | 2023-11-10 | 2023-07-28 | 2023-11-10 | span
since around April 2018 | 2019-01-31 | 2018-04-01 | 2019-01-31 | span
since early October 2023 | 2023-12-31 | 2023-10-01 | 2023-12-31 | span
Since April of this year | 2020-08-15 | 2020-04-01 | 2020-08-15 | span
as early as April 2011 | 2012-03-04 | 2011-04-01 | 2012-03-04 | span
from as far back as July 2014 | 2015-12-07 | 2014-07-01 | 2015-12-07 | span
stretching back to 2003 | 2011-06-30 | 2003-01-01 | 2011-06-30 | span
dating back to at least May 2017 | 2018-06-30 | 2017-05-01 | 2018-06-30 | span
since at least 2014 | - | 2014-01-01 | 2014-12-31 | year
2019-present | 2021-03-03 | 2019-01-01 | 2021-03-03 | span
from 2019 onwards | 2021-03-03 | 2019-01-01 | 2021-03-03 | span
no later than May 2019 | - | 2019-05-01 | 2019-05-31 | month
by 2015 | - | 2015-01-01 | 2015-12-31 | year
until March 2020 | - | 2020-03-01 | 2020-03-31 | month
before 2019 | - | 1970-01-01 | 2018-12-31 | span
prior to May 2019 | - | 1970-01-01 | 2019-04-30 | span
after June 2019 | 2019-12-24 | 2019-07-01 | 2019-12-24 | span
Christmas Eve 2015 | - | 2015-12-24 | | day
on Christmas Eve | 2016-01-03 | 2015-12-24 | | day
over Christmas | 2016-01-03 | 2015-12-24 | 2015-12-26 | week
New Year's Day 2021 | - | 2021-01-01 | | day
on Thanksgiving | 2020-12-01 | 2020-11-26 | | day
Easter 2021 | - | 2021-04-02 | 2021-04-05 | week
Memorial Day 2021 | - | 2021-05-31 | | day
2014; | - | 2014-01-01 | 2014-12-31 | year
June 19th, 2021Norway | - | 2021-06-19 | | day
"""

NAMES = """
The group ran Operation May Day against unions.
Vendors shipped fixes on Patch Tuesday.
It was a March Hare of a botnet.
The servers run Windows 2000 and Windows Server 2019.
The exploit abuses CVE-2019-1458 and CVE-2018-8453.
A macro made for Office 2010 and Exchange 2013 was attached.
APT10 and TA505 are not the same.
The attackers may have stolen records.
The worm infected 2,018 computers.
The worm infected 2018 computers.
At least 2000 servers were hit.
More than 2019 hosts answered.
Section 702 was renewed.
A Black Friday sale was the lure.
The malware listens on port 2019.
It sends data to port 2004 and to 10.20.20.19 over TCP.
The sample 2019a4f0be and 20190506ab were packed.
It checks for build 2004 of the system.
Theresa May condemned the attack.
April Doe and June Smith lead the team.
The Red October malware was found by Kaspersky.
Red October and Black March are campaigns.
The shop used October CMS and Spring Framework.
Winter Vivern and Spring Dragon are active.
Version 2.2018.11 fixes it, as does 2019.4.
The Cyber Monday scams go on.
They demanded 2000 bitcoins.
Payments of $2015 and 2020 USD were seen.
A fake Norton Internet Security 2012 was installed.
RFC 2018 and RFC 2045 describe it.
The second stage was dropped after half of the victims paid.
Officials march in step, and the police may fall for it.
The fall of the regime was near.
She won the third round and the 21st amendment was cited.
The 17th zero-day of its kind was fixed.
It took three years and a quarter of the budget.
The hackers made off with half a million records.
Protests hit the 7th Bureau of the ministry.
GET /2019/05/07/index.php was the request.
The file C:\\logs\\2019\\05 and backup_2019-05-07.zip were gone.
The Christmas tree worm and an Easter egg were harmless.
Call 555-2019 or write to info2020@example.org.
It uses Visual Studio 2017 and Python-3.10.10.
The hash is 2017cafe05 and the id is #2018.
The August Stealer was sold in forums.
Friday Night Lights was the lure.
They sun themselves while the sat phones ring.
"""


def _rows() -> list[tuple[str, date | None, tuple[date, date, str] | None]]:
    rows: list[tuple[str, date | None, tuple[date, date, str] | None]] = []
    for line in TABLE.strip().splitlines():
        words, published, *rest = [cell.strip() for cell in line.split("|")]
        right = None if rest[0] == "none" else (date.fromisoformat(rest[0]), date.fromisoformat(rest[1] or rest[0]), rest[2])
        rows.append((words, None if published == "-" else date.fromisoformat(published), right))
    return rows


ROWS = _rows()


@pytest.mark.parametrize(("words", "published", "right"), ROWS, ids=[f"{words} ({published})" for words, published, _ in ROWS])
def test_phrase_has_the_interval_a_careful_reader_gives_it(words: str, published: date | None, right: tuple[date, date, str] | None) -> None:
    when = resolve(words, published)
    assert (when and (when.start, when.end, when.grain)) == right


@pytest.mark.parametrize(("words", "published", "right"), ROWS, ids=[f"{words} ({published})" for words, published, _ in ROWS])
def test_phrase_has_the_same_interval_in_a_sentence(words: str, published: date | None, right: tuple[date, date, str] | None) -> None:
    text = f"The intruders broke in ({words}) and stole what they found."
    found = [(m.when.start, m.when.end, m.when.grain) for m in find_times(text, published=published)]
    assert found == ([right] if right else [])


@pytest.mark.parametrize("sentence", NAMES.strip().splitlines())
def test_no_date_is_made_from_a_name_or_a_number(sentence: str) -> None:
    assert [m.when.text for m in find_times(sentence, published=date(2021, 6, 15))] == []
    assert [m.when.text for m in find_times(sentence.upper() if sentence.isupper() else sentence, published=None)] == []
