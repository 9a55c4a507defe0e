"""Run with: python -m pytest tests/test_when.py

Every phrase of the table has the interval that a careful reader of the publication date would give it; every sentence of NAMES holds words that
look like times and are none.
"""

import time
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.nouns import When
from ingest.times.when import compatible, find_times, resolve, say

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
in the second week of August 2022 | - | 2022-08-08 | 2022-08-14 | week
on the evening of 3 June 2017 | - | 2017-06-03 | | day
around mid-September | 2023-11-02 | 2023-09-11 | 2023-09-20 | week
in the final quarter of 2019 | - | 2019-10-01 | 2019-12-31 | quarter
since the beginning of the year | 2020-07-15 | 2020-01-01 | 2020-07-15 | span
from January through March | 2022-05-04 | 2022-01-01 | 2022-03-31 | span
between 10 and 14 October 2016 | - | 2016-10-10 | 2016-10-14 | span
Jan. 27, 2022 | - | 2022-01-27 | | day
the night of Dec 23, 2015 | - | 2015-12-23 | | day
as recently as last month | 2021-09-09 | 2021-08-01 | 2021-08-31 | month
in the last five years | 2018-03-20 | 2013-03-20 | 2018-03-20 | span
late on Sunday | 2021-07-06 | 2021-07-04 | | day
in fall 2014 | - | 2014-09-01 | 2014-11-30 | season
during the summer of 2012 | - | 2012-06-01 | 2012-08-31 | season
up until October 2018 | - | 2018-10-01 | 2018-10-31 | month
until at least August 2019 | - | 2019-08-01 | 2019-08-31 | month
October 2016 to April 2017 | - | 2016-10-01 | 2017-04-30 | span
2012–2014 | - | 2012-01-01 | 2014-12-31 | span
in 2009, | - | 2009-01-01 | 2009-12-31 | year
back in 2011 | - | 2011-01-01 | 2011-12-31 | year
on the 5th of November | 2021-11-20 | 2021-11-05 | | day
Monday, 8 March 2021 | - | 2021-03-08 | | day
Thursday (July 2) | 2020-07-06 | 2020-07-02 | | day
Tues., Oct. 13, 2020 | - | 2020-10-13 | | day
earlier in 2020 | 2020-12-15 | 2020-01-01 | 2020-12-15 | year
by the end of March 2022 | - | 2022-03-21 | 2022-03-31 | week
in the early 2000s | - | 2000-01-01 | 2003-12-31 | span
the mid-2010s | - | 2014-01-01 | 2016-12-31 | span
over the last six months | 2021-06-30 | 2020-12-30 | 2021-06-30 | span
in the past several weeks | 2021-06-30 | 2021-05-26 | 2021-06-30 | span
in recent months | 2021-06-30 | 2021-03-30 | 2021-06-30 | span
eighteen months ago | 2021-06-30 | 2019-12-01 | 2019-12-31 | month
a couple of days ago | 2021-06-30 | 2021-06-28 | | day
a decade ago | 2021-06-30 | 2010-01-01 | 2019-12-31 | span
almost two years ago | 2021-06-30 | 2019-01-01 | 2019-12-31 | year
Q4 of 2021 | - | 2021-10-01 | 2021-12-31 | quarter
in the third quarter | 2021-11-05 | 2021-07-01 | 2021-09-30 | quarter
1H 2021 | - | 2021-01-01 | 2021-06-30 | half
first half of this year | 2021-11-05 | 2021-01-01 | 2021-06-30 | half
fiscal year 2019 | - | 2019-01-01 | 2019-12-31 | year
on New Year's Eve | 2021-01-09 | 2020-12-31 | | day
over the Thanksgiving weekend | 2020-12-02 | 2020-11-26 | 2020-11-29 | week
over the Memorial Day weekend 2021 | - | 2021-05-29 | 2021-05-31 | week
on Halloween 2018 | - | 2018-10-31 | | day
last spring | 2021-01-10 | 2020-03-01 | 2020-05-31 | season
next month | 2021-12-10 | 2022-01-01 | 2022-01-31 | month
tomorrow | 2021-12-31 | 2022-01-01 | | day
June 2-5 | 2021-06-30 | 2021-06-02 | 2021-06-05 | span
between May 28, 2016 and June 2 | 2016-06-20 | 2016-05-28 | 2016-06-02 | span
since January | 2021-03-15 | 2021-01-01 | 2021-03-15 | span
since last summer | 2021-03-15 | 2020-06-01 | 2021-03-15 | span
since Tuesday | 2021-03-18 | 2021-03-16 | 2021-03-18 | span
since two weeks ago | 2021-03-18 | 2021-03-01 | 2021-03-18 | span
at the start of 2020 | - | 2020-01-01 | 2020-03-31 | season
in the first months of 2020 | - | 2020-01-01 | 2020-03-31 | season
in the closing weeks of 2020 | - | 2020-10-01 | 2020-12-31 | season
2020-12-13 14:22:05 UTC | - | 2020-12-13 | | day
13.12.2020 | - | 2020-12-13 | | day
12/13/2020 | - | 2020-12-13 | | day
13-Dec-20 | - | 2020-12-13 | | day
20201213 | - | none
Dec. 13th | 2021-01-04 | 2020-12-13 | | day
the 13th of last month | 2021-01-04 | 2020-12-13 | | day
December of last year | 2021-02-04 | 2020-12-01 | 2020-12-31 | month
in the spring and summer of 2020 | - | 2020-03-01 | 2020-08-31 | span
the 2020 presidential election | - | 2020-01-01 | 2020-12-31 | year
Wednesday night | 2020-04-18 | 2020-04-15 | | day
later that week | 2020-04-18 | none
at the time | 2020-04-18 | none
three months later | 2020-04-18 | none
for more than five years | 2020-04-18 | none
ahead of the 2016 election | - | 2016-01-01 | 2016-12-31 | year
two days after May 7, 2021 | - | 2021-05-09 | | day
the day before June 1 | 2021-06-30 | 2021-05-31 | | day
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
    assert [m.when.text for m in find_times(sentence, published=None)] == []


def test_words_are_the_text_between_start_and_end_and_never_overlap() -> None:
    text = (
        "On Friday, May 7th, 2021, and again over the weekend, the (2019) tool was used; since at least 2014 - or, some say,\n"
        "between March and May 2013 - it had lain idle. Late in 2020 it came back, as early as Q3, in the '10s no more."
    )
    mentions = find_times(text, published=date(2021, 6, 15))
    assert len(mentions) == 6
    assert all(text[m.start : m.end] == m.when.text for m in mentions)
    assert all(first.end <= then.start for first, then in pairwise(mentions))
    assert all(m.when.start <= m.when.end for m in mentions)


PIECES = [
    "in",
    "since",
    "May",
    "march",
    "2019",
    "the",
    "7",
    "31",
    "29",
    "Feb.",
    "02/30/2021",
    "between",
    "and",
    "to",
    "-",
    "late",
    "last",
    "week",
    "of",
    "’",
    "'19",
    "Q3",
    "winter",
    "ago",
    "three",
    "Monday",
    "before",
    "1970",
    "2049",
    "31st",
    "\n",
    "weekend",
    "quarter",
    "year",
    ",",
    "past",
    "0000",
]


@given(st.lists(st.sampled_from(PIECES), max_size=12), st.sampled_from([None, date(2020, 2, 29), date(1971, 1, 1), date(2049, 12, 31)]))
def test_no_text_breaks_it_and_every_interval_runs_forward(words: list[str], published: date | None) -> None:
    text = " ".join(words)
    for mention in find_times(text, published=published):
        assert text[mention.start : mention.end] == mention.when.text
        assert mention.when.start <= mention.when.end


@pytest.mark.parametrize(
    "words",
    [
        "last Friday",
        "yesterday",
        "this week",
        "two weeks ago",
        "over the past three years",
        "in May",
        "the 23rd",
        "in Q3",
        "earlier this month",
        "last summer",
        "on Christmas Eve",
        "April last year",
    ],
)
def test_relative_words_are_not_placed_without_a_publication_date(words: str) -> None:
    assert resolve(words, None) is None


def test_a_question_is_read_as_of_the_day_it_is_asked() -> None:
    when = resolve("who hit the parliament last autumn?", date(2021, 3, 1))
    assert when is not None
    assert (when.start, when.end) == (date(2020, 9, 1), date(2020, 11, 30))
    assert resolve("who may have hit the parliament?", date(2021, 3, 1)) is None


def _when(words: str, published: date | None = None) -> When:
    when = resolve(words, published)
    assert when is not None
    return when


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("7 May 2021", "May 2021", True),
        ("7 May 2021", "2021", True),
        ("7 May 2021", "8 May 2021", True),
        ("7 May 2021", "10 May 2021", False),
        ("May 2021", "June 2021", False),
        ("late May 2021", "3 June 2021", True),
        ("late May 2021", "20 June 2021", False),
        ("summer 2018", "September 2018", True),
        ("summer 2018", "November 2018", False),
        ("2019", "early 2020", True),
        ("2019", "June 2020", False),
        ("between March and May 2019", "April 2019", True),
        ("before 2019", "May 2018", True),
        ("before 2019", "May 2020", False),
    ],
)
def test_times_are_compatible_where_they_overlap_or_nearly(one: str, other: str, expected: bool) -> None:
    assert compatible(_when(one), _when(other)) is expected
    assert compatible(_when(other), _when(one)) is expected


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("May 7th, 2021", "on 7 May 2021"),
        ("2021-05", "in May 2021"),
        ("2021", "in 2021"),
        ("summer 2018", "in summer 2018"),
        ("the winter of 2018", "in winter 2018/19"),
        ("between March and May 2019", "between March and May 2019"),
        ("from November to March 2022", "between November 2021 and March 2022"),
        ("since 2014", "since 2014"),
        ("since May 2014", "since May 2014"),
        ("since 7 May 2014", "since 7 May 2014"),
        ("2014-2015", "between 2014 and 2015"),
        ("late May 2021", "in late May 2021"),
        ("mid-May 2021", "in mid-May 2021"),
        ("early 2021", "in early 2021"),
        ("mid-2021", "in mid-2021"),
        ("Q3 2020", "in the third quarter of 2020"),
        ("H1 2021", "in the first half of 2021"),
        ("before 2019", "before 2019"),
        ("by May 2019", "by May 2019"),
        ("until 2017", "until 2017"),
        ("June 3 and 4, 2019", "between 3 and 4 June 2019"),
        ("between 28 May and 3 June 2016", "between 28 May and 3 June 2016"),
        ("the week of May 4, 2020", "in the week of 4 May 2020"),
        ("2019-present", "since 2019"),
    ],
)
def test_a_time_is_said_in_words_of_an_answer(words: str, said: str) -> None:
    assert say(_when(words, date(2024, 2, 3))) == said


def test_relative_times_are_said_with_their_dates() -> None:
    published = date(2022, 9, 19)
    assert say(_when("last Thursday", published)) == "on 15 September 2022"
    assert say(_when("over the weekend", published)) == "on the weekend of 17 September 2022"
    assert say(_when("earlier this month", published)) == "in September 2022"
    assert say(_when("over the past three years", published)) == "between September 2019 and September 2022"
    assert say(_when("after June 2021", published)) == "after June 2021"


def test_finding_times_keeps_up_with_reading() -> None:
    sentence = "The gang, seen since at least 2014, broke into the ministry on 7 May and left last week; nobody noticed the 2019 tools it had used.\n"
    text = sentence * 2000
    start = time.perf_counter()
    found = find_times(text, published=date(2021, 6, 15))
    # 4 MB/s on articles and 0.9 on this text, which has a time in every 35 characters; a tenth of that would be a pattern gone quadratic.
    assert len(text) / (time.perf_counter() - start) > 90_000
    assert len(found) == 4 * 2000
