with m as (
    select user_id, bit_or(1::uinteger << (epoch(ts)::bigint // 86400 - 20454) // 7) as b
    from events where ts < timestamp '2026-03-26' group by 1
), g as (select (b::bigint << 1) as b, count(*) as n from m group by 1)
select w, coalesce(sum(n) filter ((b >> (w + 1)::int) & 1 = 1 and b & ((1 << (w + 1)::int) - 1) = 0), 0)::bigint,
    coalesce(sum(n) filter ((b >> (w + 1)::int) & 1 = 1 and (b >> w::int) & 1 = 1), 0)::bigint,
    coalesce(sum(n) filter ((b >> (w + 1)::int) & 1 = 1 and (b >> w::int) & 1 = 0
        and b & ((1 << (w + 1)::int) - 1) > 0), 0)::bigint,
    coalesce(sum(n) filter ((b >> (w + 1)::int) & 1 = 0 and (b >> w::int) & 1 = 1), 0)::bigint
from g, range(12) as weeks(w) group by 1 order by 1
