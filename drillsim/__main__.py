"""The command line, for machines where scripts are not on the path: ``python -m drillsim``."""

from drillsim.cli import main

main()
