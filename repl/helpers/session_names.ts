/**
 * Names that are known before what they name is loaded (npm run exports).
 *
 * @module
 */

/** What `helpers/mod.ts` exports. */
export const HELPER_NAMES: readonly string[] = `
  AssertionError assert assertEquals basename cat catLog cd datetimeFromiso datetimeNow
  deleteTempDir ls makeDir makeTempDir pathExists pathJoin printl read sha256 touch udiff write
`.trim().split(/\s+/);

/** What the library exports, but for what a helper is called too. */
export const LIBRARY_NAMES: readonly string[] = `
  CONFIG_FORMATS ConfigError DEFAULT_FILE_PATTERNS DependencyError FileError FlagError LAYOUTS
  LockError META_SCHEMA NotFoundError OUTPUT_INDEX_RECORD OutputCapture PHASE_KEYS PROFILES
  PROJECT_FILES PhaseError ProjectError RUN_VARIABLES RunStateError SCOPE_FILE SCOPE_POLICIES
  ScopeError VERSION ZipError acquireLock addScopeRecord appendFilesLog applyConfig
  associateProject batchFile batchRunsDir batchTrials bootId captureOutput checkFlagValue
  checkFlagValues commandArgv compareCodePoints compileGlob configChanges configDefaults
  configFormat copyDeps copyFile copyFiles copySource copySourcecode crc32 crc32ByTable
  decodeFlags decodeGuildOpRef decodeOpRef decodePythonJson decodeTextAttribute decodeYaml
  detectFlags detectLayout durability encodeFilesLog encodeFlags encodeGuildOpRef encodeManifest
  encodeOpRef encodeOutputIndexRecord encodePythonJson encodeTextAttribute encodeYamlValue
  execGuildRun execRun expandLabel expandTrials explainDenials fileError finalizeRun
  finalizeStagedRun findConfigFiles findFlag findProject fitConfigValues flagArgs flagEnv
  flagLabel flagVariable formatFlagValue formatLogEntry formatVariable getOperation guildCommand
  guildScriptRef hashFile initGuildBatch initGuildRun initRunMeta initRuntime isBatch isGageFile
  isGroupAlive isGroupThere isKept isLabelTemplate isProcessAlive isSecretName isTextFile
  isTrialValue killGroup layoutOf listConfigKeys listFiles listMeta listRuns loadProject loadYaml
  localScheduler lockState logRunner loggedExit makeBatch makeGuildRun makeGuildTrial makePipes
  makeReadOnly makeRun makeTrial metaLayout metaSource naturalCompare newGuildId newRunId newUlid
  nextTimestamp openRun openZip operationRef oprefOfGuild orphanedCommand outputLines outputPipes
  parseAssignments parseConfigPaths parseConfigValue parseExit parseFilePatterns parseFilesLog
  parseFlagValue parseFlags parseManifest parsePermissions parseRunnerLog parseScopeRecords
  parseSearchSpace parseSequence parseTimestamp parseYamlAttribute patchConfig patchConfigFile
  patchFlags patchShell phaseEnv planMeta planRun planScope planScript probeBwrap processStartTime
  processStat projectOf readBatch readCmd readConfig readConfigFile readExit readFilesLog readId
  readLock readManifest readMeta readMetaText readOpdef readOpref readOutput readOutputBytes
  readOutputChunks readOutputLines readOutputTail readPermissions readRunConfig readRunInfo
  readRunnerLog readSummary readSystemAttributes readTimestamp readTrialsFile readUserAttributes
  readUserAttributesLog readZipEntry readZipRange readZipTail reasonOf reduceFilesLog resolveDeps
  resolveScope runBatch runCommand runContainer runLabel runMeta runMetaDir runMetaPath runName
  runStatus runsDir runsInPlace scopeEnv scopePolicy scopeReasons scriptCommand scriptLanguage
  scriptOf scriptOperation sealMeta selectConfigKeys selectFiles selectRun sessionGroups
  setDurability setUserAttributes shellAssignments shellQuote shellSplit sourcecodeRules
  stageGuildRun stageRun stageTrial stageTrials startGuildBatch statusOfFiles stopGuildBatch
  stripControl suggest syncDir syncFiles takesList trialSpace trialStatus unifiedDiff
  userAttributes userAttributesDir userAttributesLog verifyZip withDurability writeAttr writeBatch
  writeFile writeFileAtomic writeFileAtomicSync writeFlags writeGuildRun writeOrigin writeZip
`.trim().split(/\s+/);
