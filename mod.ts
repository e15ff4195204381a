/**
 * Runlit makes a command line into a run: a directory with everything the command reads, and beside
 * it a record of everything that is known about it.
 *
 * Each function can be imported alone too: `makeRun` from `runlit/make-run`.
 *
 * @example Make a run and look at where it is
 * ```ts
 * import assert from "node:assert/strict";
 * import { mkdtempSync, rmSync } from "node:fs";
 * import { tmpdir } from "node:os";
 * import { join } from "node:path";
 * import { makeRun } from "runlit";
 *
 * const runsDir = mkdtempSync(join(tmpdir(), "runs-"));
 * const run = await makeRun(runsDir);
 * assert.equal(run.runDir, join(runsDir, run.id));
 * rmSync(runsDir, { recursive: true });
 * ```
 *
 * @module
 */

// Every public file of lib/ (npm run exports).
export * from "./lib/config/config_changes.ts";
export * from "./lib/config/config_defaults.ts";
export * from "./lib/config/config_entry.ts";
export * from "./lib/config/config_error.ts";
export * from "./lib/config/config_format.ts";
export * from "./lib/config/find_config_files.ts";
export * from "./lib/config/list_config_keys.ts";
export * from "./lib/config/parse_assignments.ts";
export * from "./lib/config/parse_config_paths.ts";
export * from "./lib/config/parse_config_value.ts";
export * from "./lib/config/patch_config.ts";
export * from "./lib/config/patch_config_file.ts";
export * from "./lib/config/read_config.ts";
export * from "./lib/config/read_config_file.ts";
export * from "./lib/config/select_config_keys.ts";
export * from "./lib/config/unified_diff.ts";
export * from "./lib/errors.ts";
export * from "./lib/files/copy_file.ts";
export * from "./lib/files/copy_files.ts";
export * from "./lib/files/default_file_patterns.ts";
export * from "./lib/files/durability.ts";
export * from "./lib/files/file_error.ts";
export * from "./lib/files/glob.ts";
export * from "./lib/files/hash_file.ts";
export * from "./lib/files/is_text_file.ts";
export * from "./lib/files/list_files.ts";
export * from "./lib/files/make_read_only.ts";
export * from "./lib/files/natural_compare.ts";
export * from "./lib/files/parse_file_patterns.ts";
export * from "./lib/files/select_files.ts";
export * from "./lib/files/sha256.ts";
export * from "./lib/files/write_file_atomic.ts";
export * from "./lib/meta/files_log.ts";
export * from "./lib/meta/layouts.ts";
export * from "./lib/meta/list_meta.ts";
export * from "./lib/meta/lock.ts";
export * from "./lib/meta/lock_state.ts";
export * from "./lib/meta/manifest.ts";
export * from "./lib/meta/meta_layout.ts";
export * from "./lib/meta/meta_schema.ts";
export * from "./lib/meta/meta_source.ts";
export * from "./lib/meta/new_run_id.ts";
export * from "./lib/meta/new_ulid.ts";
export * from "./lib/meta/opref.ts";
export * from "./lib/meta/output_index.ts";
export * from "./lib/meta/plan_meta.ts";
export * from "./lib/meta/python_json.ts";
export * from "./lib/meta/read_cmd.ts";
export * from "./lib/meta/read_exit.ts";
export * from "./lib/meta/read_id.ts";
export * from "./lib/meta/read_manifest.ts";
export * from "./lib/meta/read_meta.ts";
export * from "./lib/meta/read_opdef.ts";
export * from "./lib/meta/read_opref.ts";
export * from "./lib/meta/read_output.ts";
export * from "./lib/meta/read_run_config.ts";
export * from "./lib/meta/read_runner_log.ts";
export * from "./lib/meta/read_summary.ts";
export * from "./lib/meta/read_system_attributes.ts";
export * from "./lib/meta/read_timestamp.ts";
export * from "./lib/meta/run_meta.ts";
export * from "./lib/meta/run_name.ts";
export * from "./lib/meta/run_paths.ts";
export * from "./lib/meta/runner_log.ts";
export * from "./lib/meta/seal_meta.ts";
export * from "./lib/meta/status_of_files.ts";
export * from "./lib/meta/text_attribute.ts";
export * from "./lib/meta/timestamps.ts";
export * from "./lib/meta/user_attributes.ts";
export * from "./lib/meta/user_attributes_log.ts";
export * from "./lib/meta/zip/crc32.ts";
export * from "./lib/meta/zip/open_zip.ts";
export * from "./lib/meta/zip/read_zip_entry.ts";
export * from "./lib/meta/zip/read_zip_tail.ts";
export * from "./lib/meta/zip/verify_zip.ts";
export * from "./lib/meta/zip/write_zip.ts";
export * from "./lib/meta/zip/zip_error.ts";
export * from "./lib/phases/capture_output.ts";
export * from "./lib/phases/command_argv.ts";
export * from "./lib/phases/command_options.ts";
export * from "./lib/phases/command_result.ts";
export * from "./lib/phases/command_wrapper.ts";
export * from "./lib/phases/inherited_fds.ts";
export * from "./lib/phases/kill_group.ts";
export * from "./lib/phases/run_command.ts";
export * from "./lib/phases/run_env.ts";
export * from "./lib/project/find_project.ts";
export * from "./lib/project/get_operation.ts";
export * from "./lib/project/load_project.ts";
export * from "./lib/project/plan_run.ts";
export * from "./lib/project/runs_dir.ts";
export * from "./lib/run/apply_config.ts";
export * from "./lib/run/associate_project.ts";
export * from "./lib/run/copy_sourcecode.ts";
export * from "./lib/run/exec_run.ts";
export * from "./lib/run/finalize_run.ts";
export * from "./lib/run/finalize_staged_run.ts";
export * from "./lib/run/init_run_meta.ts";
export * from "./lib/run/init_runtime.ts";
export * from "./lib/run/make_run.ts";
export * from "./lib/run/open_run.ts";
export * from "./lib/run/phase_options.ts";
export * from "./lib/run/resolve_deps.ts";
export * from "./lib/run/run_status.ts";
export * from "./lib/run/stage_run.ts";
export * from "./lib/runtime/make_pipes.ts";
export * from "./lib/runtime/output_pipe.ts";
export * from "./lib/runtime/process_identity.ts";
export * from "./lib/store/list_runs.ts";
export * from "./lib/store/read_run_info.ts";
export * from "./lib/store/run_container.ts";
export * from "./lib/store/run_info.ts";
export * from "./lib/store/select_run.ts";
export * from "./lib/suggest.ts";
export * from "./lib/types.ts";
export * from "./lib/version.ts";
