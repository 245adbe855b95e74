-- ask average_order --over 2025 --grain month
select date_trunc('month', happened_at) as period, sum(amount) / count(*) as value
from source.events
where happened_at >= timestamp '2025-01-01' and happened_at < timestamp '2026-01-01' and event = 'paid'
group by period
order by period
