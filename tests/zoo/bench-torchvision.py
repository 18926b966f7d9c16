#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""bench-torchvision.py [--lrp PROGRAM] [--opset N | all] [--fixed] [--unfolded] [all | families | small | NAME...]

Exports classifiers of torchvision, one at a time into a temporary folder, with weights from a fixed seed, and compares
what `lrp` makes of each with PyTorch: the scores, the gradient, and for networks of rectified linear units LRP-0, which
must be input x gradient; and it adds up the account of the relevance by the default composite. A line per network; the
exit status is 1 if one of them fails, 77 without PyTorch and torchvision.

families: one network of every family, over the opsets; this is what no name means. all: every classifier that
torchvision lists. small: a few of the small networks of export.py, which have names here, too.
--opset all: with each opset that PyTorch can write, and those that onnx can convert that to; small, if there is no name.
--asked: the names are in RELEVANCE_TORCHVISION; without it nothing is done.
--fixed: the batch is not left open. --unfolded: constants are not folded by the exporter.
"""
import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
import warnings

try:
    import numpy as np
    import torch
    import torchvision
except ImportError as reason:
    # Distributions put it beside their own interpreter, which need not be the first one on the PATH.
    if sys.executable != "/usr/bin/python3" and os.path.exists("/usr/bin/python3"):
        os.execv("/usr/bin/python3", ["/usr/bin/python3", *sys.argv])
    print("skipped:", reason)
    sys.exit(77)

warnings.filterwarnings("ignore")

# Two of each style: plain, light, shuffled and attentive.
SMALL = ("vgg-bn", "resnet-bottleneck", "mobilenet-v2", "mobilenet-v3", "shufflenet", "densenet", "vit", "swin")
OPSETS = (7, 17)  # that PyTorch 1.13 can write
FAMILIES = {"alexnet": 9, "vgg11": 7, "vgg11_bn": 9, "resnet18": 8, "resnext50_32x4d": 11, "wide_resnet50_2": 12,
            "squeezenet1_0": 10, "squeezenet1_1": 7, "densenet121": 9, "googlenet": 13, "inception_v3": 11,
            "shufflenet_v2_x1_0": 12, "mobilenet_v2": 8, "mobilenet_v3_small": 14, "mobilenet_v3_large": 11,
            "mnasnet1_0": 10, "efficientnet_b0": 13, "efficientnet_v2_s": 16, "regnet_x_400mf": 12,
            "regnet_y_400mf": 15, "convnext_tiny": 13, "vit_b_32": 17, "vit_b_16": 14, "swin_t": 16,
            "swin_v2_t": 13, "maxvit_t": 12}
# Piecewise linear, without a cap, a gate or a normalisation that stays a layer of its own: LRP-0 is input x gradient.
RECTIFIED = ("alexnet", "vgg", "resnet", "resnext", "wide_resnet", "squeezenet", "googlenet", "inception", "shufflenet",
             "mnasnet", "regnet_x")
SMOOTH = ("efficientnet", "convnext", "vit", "swin", "maxvit")
# Of millions of kinks float32 lands on the wrong side of a few, which changes a gradient by some percent: PyTorch's, too,
# and twice as much as that one's is allowed where it is more (ResNet-152).
LIMITS = {"scores": 1e-3, "gradient": 5e-2, "lrp-0": 5e-2, "layers": 1e-5, "total": 1e-4}
SMOOTH_LIMITS = {**LIMITS, "gradient": 1e-3}


def wake(net, x):
    """Makes the numbers those of a trained network: none that are all alike, and statistics that fit the activations."""
    with torch.no_grad():
        for p in net.parameters():
            if p.numel() > 1 and bool((p == p.flatten()[0]).all()):
                first = float(p.flatten()[0])
                if p.dim() == 2:
                    p.normal_(0, 0.05)
                elif first == 1:
                    p.uniform_(0.7, 1.3)
                else:
                    p.uniform_(0.1, 0.3) if first else p.uniform_(-0.1, 0.1)
        norms = [m for m in net.modules() if isinstance(m, torch.nn.BatchNorm2d)]
        for norm in norms:
            norm.momentum = 1.0
            norm.train()
        if norms:
            net(x)
    return net.eval()


def build_small(name):
    sys.dont_write_bytecode = True
    import export as zoo
    return zoo.make(name, zoo.NETWORKS[name]), torch.randn(3, 3, 16, 16)


def build(name):
    if name not in torchvision.models.list_models(module=torchvision.models):
        return build_small(name)
    torch.manual_seed(1)
    extra = {"init_weights": True} if name in ("googlenet", "inception_v3") else {}
    net = torchvision.models.get_model(name, weights=None, **extra).eval()
    side = {"inception_v3": 299, "swin_v2_t": 256, "swin_v2_s": 256, "swin_v2_b": 256}.get(name, 224)
    # Coarse shapes with noise on them: pure noise averages out to the same answer everywhere.
    x = torch.nn.functional.interpolate(torch.randn(3, 3, 9, 9), side, mode="bilinear") + 0.3 * torch.randn(3, 3, side, side)
    return wake(net, x), x


# A child's peak of memory counts what its parent had when it was born, so a small parent comes between.
WAITER = """import os, sys
status, usage = os.wait4(os.spawnvp(os.P_NOWAIT, sys.argv[1], sys.argv[1:]), 0)[1:]
print(usage.ru_maxrss, file=sys.stderr)
sys.exit(os.waitstatus_to_exitcode(status) & 127)"""


def run(command):
    """Returns what the program printed as JSON, and its peak of memory in bytes."""
    done = subprocess.run([sys.executable, "-c", WAITER, *command], capture_output=True, text=True)
    *said, peak = done.stderr.strip().split("\n")
    if done.returncode:
        raise RuntimeError(said[-1] if said else "exit status %d" % done.returncode)
    return json.loads(done.stdout), int(peak) * 1024


def distance(a, b):
    return float(np.linalg.norm(a - b) / np.linalg.norm(b))


def differentiate(net, x, target):
    x = x.clone().requires_grad_()
    net(x)[0, target].backward()
    return x.grad.numpy()


def account(answer):
    """What is missing at the worst layer, and in all; both in parts of the most that flows anywhere."""
    layers, r = answer["layers"], answer["relevance"]
    flow = max(layer["positive"] - layer["negative"] for layer in layers)
    gaps = [abs(la["sum"] + la["created"] - la["left"] - la["bias"] - la["stabilizer"]) for la in layers[1:]]
    rest = r["sum"] + r["bias"] + r["stabilizer"] - r["created"] - r["expected"]
    return max(gaps) / flow, abs(rest) / flow


def write_zero(g, x):
    """What Swin v2 does to a bias, and torch 1.13 has forgotten to write."""
    return g.op("Mul", x, g.op("Constant", value_t=torch.tensor(0.0)))


def all_opsets():
    import onnx.defs
    return range(OPSETS[0], max(OPSETS[1], onnx.defs.onnx_opset_version()) + 1)


class Unwritten(Exception):
    """Why PyTorch could not write a network, as it cannot some with some opsets."""


def export(net, x, path, opset, options):
    try:
        write(net, x, path, min(opset, OPSETS[1]), options)
        if opset > OPSETS[1]:
            import onnx.version_converter
            onnx.save(onnx.version_converter.convert_version(onnx.load(path), opset), path)
    except Exception as reason:
        raise Unwritten(reason)


def write(net, x, path, opset, options):
    axes = None if options.fixed else {"input": {0: "batch"}, "scores": {0: "batch"}}
    torch.onnx.register_custom_op_symbolic("aten::zero", write_zero, 9)
    torch.onnx.export(net, x, path, opset_version=opset, input_names=["input"], output_names=["scores"],
                      dynamic_axes=axes, do_constant_folding=not options.unfolded)


def check(lrp, folder, name, opset, options):
    net, x = build(name)
    model, one, batch = (os.path.join(folder, end) for end in ("%s.onnx" % name, "one.npy", "batch.npy"))
    export(net, x[:1], model, opset, options)
    np.save(one, x[:1].numpy()), np.save(batch, x[:2].numpy())
    with torch.no_grad():
        scores = net(x[:2]).numpy()
    target = int(scores[0].argmax())
    single = differentiate(net, x[:1], target)
    gradient, x = differentiate(net.double(), x[:1].double(), target), x[:1].numpy()
    del net

    result = {}
    answer, memory = run([lrp, "predict", "--json", model, batch])
    result["scores"] = distance(np.array(answer["scores"]).reshape(scores.shape), scores)
    r = os.path.join(folder, "relevance.npy")
    explain = [lrp, "explain", "--json", "-o", r, model, one, "--target", str(target)]
    run([*explain, "--method", "gradient"])
    result["gradient"] = distance(np.load(r), gradient)
    if name.startswith(RECTIFIED):
        run([*explain, "--composite", "lrp-0"])
        result["lrp-0"] = distance(np.load(r), x * gradient)
    answer, memory = run(explain)
    result["layers"], result["total"] = account(answer)
    result["finite"] = bool(np.isfinite(np.load(r)).all())
    limits = dict(SMOOTH_LIMITS if name.startswith(SMOOTH) else LIMITS)
    for key in ("gradient", "lrp-0"):
        limits[key] = max(limits[key], 2 * distance(single, gradient))
    result["bad"] = [key for key, limit in limits.items() if not result.get(key, 0) <= limit]
    return result, answer, memory, os.path.getsize(model)


def report(lrp, name, opset, options):
    began = time.monotonic()
    title = "%s, %d" % (name, opset) if options.opset == "all" else name
    with tempfile.TemporaryDirectory(prefix="relevance-zoo-") as folder:
        try:
            result, answer, memory, size = check(lrp, folder, name, opset, options)
        except Exception as reason:  # a network that PyTorch cannot write, or lrp cannot read, is a line like any other
            skipped = options.opset == "all" and isinstance(reason, Unwritten)
            print("%-22s %-4s %s" % (title, "--" if skipped else "FAIL", str(reason).strip().split("\n")[0]), flush=True)
            return None if skipped else False
    bad = result["bad"] + ["finite"] * (not result["finite"])
    numbers = "".join("%9s" % ("%.1e" % result[key] if key in result else "") for key in LIMITS)
    s = answer["seconds"]
    print("%-22s %-4s%s%7.2f%8.2f%8.2f%8.0f%8.0f%7.0f  %s"
          % (title, "FAIL" if bad else "ok", numbers, s["load"], s["forward"], s["relevance"], size / 1e6, memory / 1e6,
             time.monotonic() - began, "too much: " + ", ".join(bad) if bad else ""), flush=True)
    return not bad


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lrp", default="lrp", help="the program to test")
    parser.add_argument("--opset", help="export all with this opset, or with all")
    parser.add_argument("--fixed", action="store_true")
    parser.add_argument("--unfolded", action="store_true")
    parser.add_argument("--asked", action="store_true")
    parser.add_argument("names", nargs="*", metavar="NAME")
    options = parser.parse_args()
    usual = ["small"] if options.opset == "all" else ["families"]
    names = os.environ.get("RELEVANCE_TORCHVISION", "").split() if options.asked else options.names or usual
    if not names:
        print("skipped: RELEVANCE_TORCHVISION does not say for which networks (families, all, small, or names)")
        sys.exit(77)
    groups = {"families": FAMILIES, "small": SMALL, "all": torchvision.models.list_models(module=torchvision.models)}
    names = [name for given in names for name in groups.get(given, [given])]
    work = [(name, int(options.opset or FAMILIES.get(name, 13))) for name in names if options.opset != "all"]
    work = work or [(name, opset) for name in names for opset in all_opsets()]
    print("%-22s %-4s%s%7s%8s%8s%8s%8s%7s" % ("relative errors of:", "", "".join("%9s" % key for key in LIMITS), "load s",
                                              "forw. s", "relev. s", "MB", "peak MB", "in all"), flush=True)
    good = [report(options.lrp, name, opset, options) for name, opset in work]
    print("%d ok, %d failed" % (good.count(True), good.count(False)))
    sys.exit(False in good)


if __name__ == "__main__":
    main()
