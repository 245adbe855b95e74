-- Movements of 24 months by hand: what each customer pays in a month, beside the month before and after.
with months as (
  select customer, month, sum(cents)::bigint as paid
  from (
    select customer_id as customer, cents,
      unnest(range(
        (year(started) - 2024) * 12 + month(started) + (day(started) > 1)::int,
        coalesce(least(25, (year(ended) - 2024) * 12 + month(ended) + (day(ended) > 1)::int), 25)
      ))::utinyint as month
    from source.subscriptions
  )
  group by all
), beside as (
  select customer, month, paid, lag(paid) over w as paid_before, lag(month) over w as month_before,
    lead(month) over w as month_after
  from months window w as (partition by customer order by month)
), movements as (
  select month,
    case when month_before is null then 'new' when month_before < month - 1 then 'reactivation'
      when paid > paid_before then 'expansion' when paid < paid_before then 'contraction'
      else 'same' end as movement,
    case when month_before = month - 1 then paid - paid_before else paid end as amount
  from beside
  union all
  select month + 1, 'churn', -paid from beside
  where (month_after is null or month_after > month + 1) and month < 24
)
select month, movement, count(*) as count, sum(amount)::bigint as value
from movements where movement <> 'same' group by all order by 1, 2
