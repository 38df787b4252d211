"""Runs docs/verify.py many times in one process: a list of argument lists comes in as JSON, [exit code, standard
output] of each goes out. What a run throws ends this program, as it would have ended the run."""

import contextlib
import importlib.util
import io
import json
import sys

spec = importlib.util.spec_from_file_location("verify", sys.argv[1])
verify = importlib.util.module_from_spec(spec)
spec.loader.exec_module(verify)

answers = []
for arguments in json.load(sys.stdin):
    with contextlib.redirect_stdout(io.StringIO()) as out:
        code = verify.main(arguments)
    answers.append([code, out.getvalue()])
json.dump(answers, sys.stdout)
