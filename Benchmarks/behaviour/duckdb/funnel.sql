with f as (select user_id, ts, event_id as e from events where event_id in (3, 4, 9, 13)),
s1 as (select user_id, ts from f where e = 3), s2 as (select user_id, ts from f where e = 4),
s3 as (select user_id, ts from f where e = 9), s4 as (select user_id, ts from f where e = 13),
j as (select s1.user_id, s1.ts as t1, s2.ts as t2
    from s1 asof left join s2 on s1.user_id = s2.user_id and s2.ts >= s1.ts),
k as (select j.*, s3.ts as t3 from j asof left join s3 on j.user_id = s3.user_id and s3.ts >= j.t2),
l as (select k.*, s4.ts as t4 from k asof left join s4 on k.user_id = s4.user_id and s4.ts >= k.t3),
u as (select user_id, max(case when t4 <= t1 + interval 7 day then 4
    when t3 <= t1 + interval 7 day then 3 when t2 <= t1 + interval 7 day then 2 else 1 end) as l
    from l group by 1)
select count(*) filter (l >= 1), count(*) filter (l >= 2), count(*) filter (l >= 3),
    count(*) filter (l >= 4)
from u
