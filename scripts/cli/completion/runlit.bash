# runlit completion for bash: eval "$(runlit complete bash)"
_runlit() {
  local i before word line value key= files= rest=${COMP_LINE:0:COMP_POINT} words=()
  # Bash parts words at '=' and ':' too: what has no blank before it belongs to the word before.
  for ((i = 0; i <= COMP_CWORD; i++)); do
    before=$rest
    rest=${rest#"${rest%%[![:space:]]*}"}
    word=${COMP_WORDS[i]}
    if ((i == COMP_CWORD)); then word=$rest; fi
    if ((i > 0)) && [[ $before == "$rest" ]]; then
      words[${#words[@]} - 1]+=$word
    else
      words+=("$word")
    fi
    rest=${rest#"$word"}
  done
  word=${words[${#words[@]} - 1]}
  # What bash takes for a word of its own is not part of the answer.
  case $COMP_WORDBREAKS in *=*) case $word in *=*) key=${word%"${word##*=}"} ;; esac ;; esac
  COMPREPLY=()
  while IFS= read -r line; do
    if [[ $line == :files ]]; then
      files=1
      continue
    fi
    value=${line%%$'\t'*}
    # Bash 3.2, which macOS has, knows no compopt.
    case $value in *[=/]) compopt -o nospace 2> /dev/null ;; esac
    value=${value#"$key"}
    case $value in *=) ;; *) value=$(printf %q "$value") ;; esac
    COMPREPLY+=("$value")
  done < <(runlit complete --next -- "${words[@]:1}" 2> /dev/null)
  if [[ -n $files ]]; then
    compopt -o filenames 2> /dev/null
    while IFS= read -r line; do
      COMPREPLY+=("$line")
    done < <(compgen -f -- "${word#"$key"}")
  fi
}
complete -F _runlit runlit
