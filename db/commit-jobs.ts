import { asJson, rowsOf } from "./commit-inputs.ts"

/** All jobs of the decisions that stand, or those of them that a condition names, as graphile-worker takes them. */
const addJobsOf = (condition: string): string => `
    perform graphile_worker.add_jobs(array(
      select row(task, payload::json, null, now() + delay_ms * interval '1 millisecond', null, key, null, null
      )::graphile_worker.job_spec from ${rowsOf("jo")} where d <> all(lost)${condition}));`

export const addJobs = addJobsOf("")

/** The newest of graphile-worker's own migrations whose tables are known here. */
export const knownJobMigration = 20

/**
 * What `add_jobs` comes to for a job without a key whose task has been met before, at a fifth of its time: the row,
 * and the word to the workers. The others still go the long way. Which tasks are known is read once: a second
 * statement would see one that another process has just met, and neither way would take its job.
 */
export const addJobsDirectly = `
    declare
      met_names text[];
      met_ids int[];
    begin
      select coalesce(array_agg(t.identifier), '{}'), coalesce(array_agg(t.id), '{}') into met_names, met_ids
        from graphile_worker._private_tasks t where t.identifier in (select task from ${rowsOf("jo")});
      insert into graphile_worker._private_jobs (task_id, payload, run_at)
        select known.id, ${asJson("payload")}, now() + delay_ms * interval '1 millisecond'
        from ${rowsOf("jo")} join unnest(met_names, met_ids) as known(identifier, id) on known.identifier = task
        where d <> all(lost) and key is null;
      get diagnostics written = row_count;
      if written > 0 then
        perform pg_notify('jobs:insert', '{"r":' || random()::text || ',"count":' || written::text || '}');
      end if;
      if written < (select count(*) from ${rowsOf("jo")} where d <> all(lost)) then${addJobsOf(`
        and (key is not null or task <> all(met_names))`)}
      end if;
    end;`
