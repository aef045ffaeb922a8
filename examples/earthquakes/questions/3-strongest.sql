-- Which two events of each network were the strongest?
select
  network,
  id,
  mag,
  rank() over (partition by network order by mag desc) as place,
  round(ratio_to_report(mag) over (partition by network) * 100, 4) as percent
from quakes
where kind = 'earthquake' and mag > 0
qualify row_number() over (partition by network order by mag desc, id) <= 2
order by network, mag desc, id;
