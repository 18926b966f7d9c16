# SPDX-License-Identifier: GPL-3.0-or-later
# Completion of lrp for fish; the names come from lrp itself.

function __lrp_names
    lrp list $argv[1] 2>/dev/null | string match -r '^[^ ].*'
end

# The first words of the table, below its head.
function __lrp_public
    lrp models 2>/dev/null | sed -n '2,/^$/s/ .*//p'
end

# PATTERN=RULE, for every pattern already written and for "every layer".
function __lrp_rules
    set -l written (string match -r '.*=' -- (commandline -ct | string replace -r '^--rule=' ''))
    test -n "$written"; or set written '*='
    for rule in (__lrp_names rules)
        echo "$written$rule"
    end
end

complete -c lrp -f
complete -c lrp -n __fish_use_subcommand -a explain -d 'Explain why a network decides as it does'
complete -c lrp -n __fish_use_subcommand -a predict -d 'Show what a network decides'
complete -c lrp -n __fish_use_subcommand -a info -d 'Describe a network and its layers'
complete -c lrp -n __fish_use_subcommand -a evaluate -d 'Measure how good explanations are'
complete -c lrp -n __fish_use_subcommand -a list -d 'List what there is to choose from'
complete -c lrp -n __fish_use_subcommand -a models -d 'List and fetch public networks'
complete -c lrp -n __fish_use_subcommand -l version -d 'Print the version'
complete -c lrp -l help -d 'List the options'
complete -c lrp -n 'not __fish_use_subcommand' -l json -d 'Print one JSON object'
complete -c lrp -n '__fish_seen_subcommand_from models; and not __fish_seen_subcommand_from fetch remove' -a 'fetch remove'
complete -c lrp -n '__fish_seen_subcommand_from fetch remove' -a '(__lrp_public)'
complete -c lrp -n '__fish_seen_subcommand_from list' -a 'models methods composites rules colormaps metrics'
complete -c lrp -n '__fish_seen_subcommand_from explain evaluate predict info' -F -a '(__lrp_names models)'
complete -c lrp -n '__fish_seen_subcommand_from explain evaluate predict' -s o -l output -r -F -d 'Write the result to a file'
complete -c lrp -n '__fish_seen_subcommand_from explain evaluate' -l method -x -a '(__lrp_names methods)' -d 'How to explain'
complete -c lrp -n '__fish_seen_subcommand_from explain evaluate' -l composite -x -a '(__lrp_names composites)' -d 'Which rule each layer gets'
complete -c lrp -n '__fish_seen_subcommand_from explain evaluate' -l rule -x -a '(__lrp_rules)' -d 'Another rule for some layers'
complete -c lrp -n '__fish_seen_subcommand_from explain evaluate' -l target -x -a 'top runner-up all' -d 'Which output is explained'
complete -c lrp -n '__fish_seen_subcommand_from explain evaluate' -l against -x -a 'top runner-up' -d 'The class it is compared with'
complete -c lrp -n '__fish_seen_subcommand_from explain evaluate' -l unit -x -d 'A part of a layer to explain instead'
complete -c lrp -n '__fish_seen_subcommand_from explain evaluate' -l start -x -a 'logit one' -d 'The relevance put on that output'
complete -c lrp -n '__fish_seen_subcommand_from explain predict evaluate' -l fit -x -a 'fill whole stretch' -d 'How a picture is fitted to the input'
complete -c lrp -n '__fish_seen_subcommand_from explain predict evaluate' -l scale -x -d 'What a pixel from 0 to 255 is multiplied by'
complete -c lrp -n '__fish_seen_subcommand_from explain predict evaluate' -l mean -x -d 'What is subtracted then'
complete -c lrp -n '__fish_seen_subcommand_from explain predict evaluate' -l std -x -d 'What it is divided by then'
complete -c lrp -n '__fish_seen_subcommand_from explain predict evaluate' -l bgr -d 'The network reads blue, green, red'
complete -c lrp -n '__fish_seen_subcommand_from explain predict evaluate' -l rgb -d 'The network reads red, green, blue'
complete -c lrp -n '__fish_seen_subcommand_from explain predict evaluate' -l invert -d 'The network reads light ink on dark'
complete -c lrp -n '__fish_seen_subcommand_from explain predict evaluate' -l no-invert -d 'The network reads pictures as light as they are'
complete -c lrp -n '__fish_seen_subcommand_from explain predict evaluate' -l center -d 'Enlarge handwriting and put it into the middle'
complete -c lrp -n '__fish_seen_subcommand_from explain predict evaluate' -l no-center -d 'Show handwriting where it is on the picture'
complete -c lrp -n '__fish_seen_subcommand_from explain predict evaluate' -l allow-memory -x -a '2G' -d 'How much memory a run may take'
complete -c lrp -n '__fish_seen_subcommand_from explain' -l save-composite -x -d 'Save composite and rules under a name'
complete -c lrp -n '__fish_seen_subcommand_from explain' -l force -d 'Let --save-composite replace a saved one'
complete -c lrp -n '__fish_seen_subcommand_from explain' -l layer -x -d 'The layer whose relevance is shown'
complete -c lrp -n '__fish_seen_subcommand_from explain' -l through -x -d 'A part of a layer, for what passes through it'
complete -c lrp -n '__fish_seen_subcommand_from explain' -l colormap -x -a '(__lrp_names colormaps)' -d 'Colours of the heatmap'
complete -c lrp -n '__fish_seen_subcommand_from explain' -l clip -x -a 99.5 -d 'The percentile of relevance with the full colour'
complete -c lrp -n '__fish_seen_subcommand_from explain' -l gain -x -a 2 -d 'How many times stronger faint relevance is shown'
complete -c lrp -n '__fish_seen_subcommand_from explain' -l overlay -x -a 0.9 -d 'How strongly the colours cover the input'
complete -c lrp -n '__fish_seen_subcommand_from explain' -l smooth -d 'Blend the cells of the heatmap'
complete -c lrp -n '__fish_seen_subcommand_from explain' -l dark -d 'Show the heatmap on dark paper'
complete -c lrp -n '__fish_seen_subcommand_from explain' -l no-outline -d 'Show handwriting as ink below the colours'
complete -c lrp -n '__fish_seen_subcommand_from explain' -l class-sensitivity -d 'Say how much the map depends on the class'
complete -c lrp -n '__fish_seen_subcommand_from explain' -l repeat -x -d 'Do it so often after one warm-up'
complete -c lrp -n '__fish_seen_subcommand_from evaluate' -l metric -x -a '(__lrp_names metrics)' -d 'What to measure'
