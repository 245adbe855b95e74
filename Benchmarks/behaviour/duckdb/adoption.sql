select m, count(*), count(*) filter (x)
from (select month(ts) as m, user_id, bool_or(event_id = 20) as x from events group by all)
group by 1 order by 1
