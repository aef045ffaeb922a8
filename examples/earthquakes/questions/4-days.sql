-- How did the number of events run up by day (UTC)?
with days as (
  select to_date(at) as day, count(*) as events, sum(significance) as significance
  from quakes
  group by day
)
select
  day,
  events,
  sum(events) over (order by day rows between unbounded preceding and current row) as so_far,
  events - lag(events) over (order by day) as change,
  significance
from days
order by day;
