/**
 * Applies config to the source code of a run.
 *
 * @module
 */

import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ConfigError } from "../config/config_error.ts";
import { findConfigFiles } from "../config/find_config_files.ts";
import { parseConfigPaths } from "../config/parse_config_paths.ts";
import { patchConfig } from "../config/patch_config.ts";
import { readConfigFile } from "../config/read_config_file.ts";
import { selectConfigKeys } from "../config/select_config_keys.ts";
import { unifiedDiff } from "../config/unified_diff.ts";
import { writeFileAtomicSync } from "../files/write_file_atomic.ts";
import { readConfig } from "../meta/read_config.ts";
import { readOpdef } from "../meta/read_opdef.ts";
import { logRunner } from "../meta/runner_log.ts";
import { runMetaPath } from "../meta/run_paths.ts";
import type { Run } from "../types.ts";
import { logChangedFiles } from "./_log_files.ts";
import { requireMetaDir, requireRunDir } from "./_require.ts";
