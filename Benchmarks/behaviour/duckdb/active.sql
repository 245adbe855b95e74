with masks as (
    select user_id, bit_or(1::hugeint << (epoch(ts)::bigint // 86400 - 20454)::int) as b0
    from events group by 1
), two as (select b0, b0 | (b0 << 1) as b from masks),
four as (select b0, b | (b << 2) as b from two),
eight as (select b0, b | (b << 4) as b from four),
sixteen as (select b0, b | (b << 8) as b from eight),
rolling as (select b0, b | (b << 12) as b from sixteen)
select d, count(*) filter ((b0 >> d::int) & 1 = 1), count(*) filter ((b >> d::int) & 1 = 1)
from rolling, range(90) as days(d) group by 1 order by 1
