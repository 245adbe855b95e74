-- ask new_people --over 2025 --grain month
with firsts as (
    select person_id, min(happened_at) as first
    from source.events
    group by person_id
)
select date_trunc('month', first) as period, count(*) as value
from firsts
where first >= timestamp '2025-01-01' and first < timestamp '2026-01-01'
group by period
order by period
