-- ask people --over 2025 --by platform --grain month
select date_trunc('month', happened_at) as period, platform, count(distinct person_id) as value
from source.events
where happened_at >= timestamp '2025-01-01' and happened_at < timestamp '2026-01-01'
group by period, platform
order by period, platform
