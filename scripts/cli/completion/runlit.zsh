#compdef runlit
# runlit completion for zsh: eval "$(runlit complete zsh)"
_runlit() {
  local line value files
  local -a plain plain_about open open_about
  for line in "${(@f)$(runlit complete --next -- "${(@Q)words[2,CURRENT]}" 2> /dev/null)}"; do
    value=${line%%$'\t'*}
    case $line in
      '') ;;
      :files) files=1 ;;
      *[=/]$'\t'*|*[=/]) open+=("$value"); open_about+=("${line/$'\t'/  }") ;;
      *) plain+=("$value"); plain_about+=("${line/$'\t'/  }") ;;
    esac
  done
  (($#plain)) && compadd -l -d plain_about -a plain
  (($#open)) && compadd -l -S '' -d open_about -a open
  [[ -n $files ]] && _files
}
(($+functions[compdef])) || { autoload -Uz compinit && compinit; }
compdef _runlit runlit
