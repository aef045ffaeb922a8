-- How many felt events were within about 150 km of the airports of Alaska and California?
select
  a.state,
  a.iata,
  count(*) as events,
  max(f.mag) as strongest
from airports as a
join felt as f
  on abs(f.latitude - a.latitude) * 111.2 < 150
  and abs(f.longitude - a.longitude) * 111.2 * cos(radians(a.latitude)) < 150
where a.state in ('AK', 'CA') and f.reports >= 5
group by all
having events > 1
order by events desc, a.iata
limit 40;
