-- ask usual_response --over 2025 --by country
select country, quantile_cont(seconds, 0.5) as value
from source.events
where happened_at >= timestamp '2025-01-01' and happened_at < timestamp '2026-01-01'
group by country
order by country
