-- ask people --over 2026-05
select count(distinct person_id) as value
from source.events
where happened_at >= timestamp '2026-05-01' and happened_at < timestamp '2026-06-01'
