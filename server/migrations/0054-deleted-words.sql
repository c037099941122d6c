-- Messages that people deleted are found no more: the documents that were made of them, and of their edits, go.
delete from search.document d using timeline.entry gone
where gone.kind = 'deletion' and gone.supersedes is not null and d.lane_id = gone.lane_id
  and (d.seq = gone.supersedes
    or d.seq in (select o.seq from timeline.entry o where o.lane_id = gone.lane_id and o.supersedes = gone.supersedes));
