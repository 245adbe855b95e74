with m as (
    select user_id, bit_or(1::uinteger << (epoch(ts)::bigint // 86400 - 20454) // 7) as b
    from events where ts < timestamp '2026-03-26' group by 1
), g as (select b::bigint as b, count(*) as n from m group by 1),
h as (select log2((b & -b)::double)::int as c, b, n from g)
select c, k - c, sum(n)::bigint
from h, range(12) as weeks(k) where k >= c and (b >> k::int) & 1 = 1 group by all order by 1, 2
