-- ask events --over 2025 --by country
select country, count(*) as value
from source.events
where happened_at >= timestamp '2025-01-01' and happened_at < timestamp '2026-01-01'
group by country
order by value desc
