-- What is used abroad costs what the catalogue says for the zone of its country.
alter table catalogue.offering drop constraint offering_kind_check;
alter table catalogue.offering add constraint offering_kind_check
  check (kind in ('tariff', 'option', 'content', 'discount', 'zone'));

-- Until now every installation had the same prices, everywhere: they stand in its catalogue from its first version on.
insert into catalogue.offering (id, code, kind, terms, since)
select gen_random_uuid(), 'zone-world', 'zone', '{
    "kind": "zone", "code": "zone-world",
    "title": {"ru": "Все остальные страны", "en": "Everywhere else"},
    "summary": {"ru": "Сколько стоит связь в поездке без пакета.", "en": "What it costs abroad without a pack."},
    "validFrom": null, "validTo": null, "archived": false, "countries": [],
    "rates": [
      {"type": "data", "step": 1048576, "kopecks": 1000},
      {"type": "voice", "step": 60, "kopecks": 3500},
      {"type": "sms", "step": 1, "kopecks": 1500}]
  }'::jsonb, min(number)
from catalogue.version having min(number) is not null;

create index offering_zone on catalogue.offering (since) where kind = 'zone';
