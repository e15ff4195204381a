# runlit completion for fish: runlit complete fish | source
function __runlit_complete
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    for line in (runlit complete --next -- $words[2..-1] "$current" 2> /dev/null)
        if test "$line" = :files
            __fish_complete_path "$current"
        else
            echo $line
        end
    end
end
complete -c runlit -f -a '(__runlit_complete)'
