-- ask revenue --over 2025 --by country --grain month
select date_trunc('month', happened_at) as period, country, sum(amount) as value
from source.events
where happened_at >= timestamp '2025-01-01' and happened_at < timestamp '2026-01-01' and event = 'paid'
group by period, country
order by period, country
