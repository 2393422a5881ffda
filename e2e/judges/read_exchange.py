"""What foreign programs say about the exports of a case. Standard input: JSON {"folder": …, "schemas": …}; standard output: JSON.

Every file below the folder that a judge knows by its ending is judged; what is broken on purpose, too, so that a judge who accepts
everything is noticed.
"""

import copy
import io
import json
import logging
import sys
import tempfile
import zipfile
from pathlib import Path

import jsonschema
import stix2
from frictionless import Package, system
from pymisp import MISPEvent, MISPObject
from stix2validator import ValidationOptions, validate_string

TLP = "extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d"
INCIDENT = "extension-definition--ef765651-680c-498d-9894-99799f2fa126"


def stix_faults(text, schemas):
    """Errors and warnings of the three judges of a bundle."""
    faults = []
    options = ValidationOptions(version="2.1", strict=True, schema_dir=str(schemas), enforce_refs=True)
    result = validate_string(text, options)
    for each in getattr(result, "object_results", [result]):
        faults += [f"stix2-validator: {it}" for it in (each.errors or []) + (each.warnings or [])]
    if not result.is_valid and not faults:
        faults.append("stix2-validator: not valid")
    bundle = json.loads(text)
    try:
        stix2.parse(bundle, allow_custom=False, version="2.1")
    except Exception as wrong:  # every exception of a judge is a verdict
        faults.append(f"stix2: {wrong}")
    for thing in bundle["objects"]:
        for name in thing.get("extensions", {}):
            schema = json.loads((schemas / f"{name}.json").read_text())
            judge = jsonschema.Draft202012Validator(schema)
            faults += [f"jsonschema {name}: {it.message}" for it in judge.iter_errors(thing)]
    return faults


def of_type(bundle, kind):
    return next(it for it in bundle["objects"] if it["type"] == kind)


def broken_bundles(text):
    """The same bundle with one thing wrong."""
    banana = json.loads(text)
    of_type(banana, "marking-definition")["extensions"][TLP]["tlp_2_0"] = "banana"
    undetermined = json.loads(text)
    del of_type(undetermined, "incident")["extensions"][INCIDENT]["determination"]
    family = json.loads(text)
    del of_type(family, "malware")["is_family"]
    dangling = json.loads(text)
    of_type(dangling, "relationship")["target_ref"] = "identity--00000000-0000-4000-8000-000000000000"
    pattern = json.loads(text)
    of_type(pattern, "indicator")["pattern"] = "[ipv4-addr:value = "
    return {"banana": banana, "undetermined": undetermined, "family": family, "dangling": dangling, "pattern": pattern}


def misp_faults(text):
    """What strict templates say about an event, and whether it reads back as it was."""
    faults = []
    wanted = json.loads(text)["Event"]
    for thing in wanted["Object"]:
        try:
            strict = MISPObject(thing["name"], strict=True)
            strict.from_dict(**copy.deepcopy(thing))
            if str(strict.template_uuid) != thing["template_uuid"] or str(strict.template_version) != thing["template_version"]:
                faults.append(f"{thing['name']}: template {strict.template_uuid} {strict.template_version}")
            definition = strict._definition or {}
            for attribute in thing["Attribute"]:
                known = definition["attributes"].get(attribute["object_relation"])
                if known is None or known["misp-attribute"] != attribute["type"]:
                    faults.append(f"{thing['name']}: {attribute['object_relation']} is no {attribute['type']}")
            strict.to_json()
        except Exception as wrong:
            faults.append(f"{thing['name']}: {wrong}")
    event = MISPEvent(strict_validation=True)
    try:
        event.load(text)
        again = json.loads(event.to_json())
        for part in ("uuid", "info", "date"):
            if again[part] != wanted[part]:
                faults.append(f"event {part}: {again[part]}")
        if len(again.get("Attribute", [])) != len(wanted["Attribute"]) or len(again.get("Object", [])) != len(wanted["Object"]):
            faults.append("event: something was lost")
    except Exception as wrong:
        faults.append(f"event: {wrong}")
    return faults


def table_faults(archive):
    """What Frictionless says about the package and each of its tables."""
    with tempfile.TemporaryDirectory() as folder:
        zipfile.ZipFile(io.BytesIO(archive)).extractall(folder)
        with system.use_context(trusted=True):
            report = Package(str(Path(folder) / "datapackage.json")).validate()
    return [" ".join(map(str, it)) for it in report.flatten(["type", "note", "rowNumber", "fieldName"])]


def main():
    logging.disable(logging.CRITICAL)
    asked = json.load(sys.stdin)
    folder, schemas = Path(asked["folder"]), Path(asked["schemas"])
    judged = {"stix": {}, "misp": {}, "tables": {}, "broken": {}}
    for file in sorted(folder.rglob("*")):
        name = str(file.relative_to(folder))
        if name.endswith(".stix.json"):
            judged["stix"][name] = stix_faults(file.read_text(), schemas)
        elif name.endswith(".misp.json"):
            judged["misp"][name] = misp_faults(file.read_text())
        elif name.endswith(".zip"):
            judged["tables"][name] = table_faults(file.read_bytes())
    whole = next((folder / "full" / "police" / "stix").glob("*.stix.json")).read_text()
    for name, bundle in broken_bundles(whole).items():
        judged["broken"][name] = stix_faults(json.dumps(bundle), schemas)
    json.dump(judged, sys.stdout, ensure_ascii=False)


main()
