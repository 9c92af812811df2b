"""Loads an exported model and compares it with what `sample` wrote of the same run."""
import sys

import numpy as np
import tensorflow as tf

folder, file, tolerance = sys.argv[1], sys.argv[2], float(sys.argv[3])
model = tf.saved_model.load(folder)
signatures = model.signatures
assert sorted(signatures) == ["energy", "log_prob", "sample"], list(signatures)
s = np.load(file)
x = tf.constant(s["x"])


def distance(found, expected):
    return float(np.max(np.abs(found.numpy() - expected)))


log_q = distance(signatures["log_prob"](x=x)["log_q"], s["log_q"])
u = distance(signatures["energy"](x=x)["u"], s["u"])
moved = distance(signatures["energy"](x=x + 0.1)["u"], s["u"])
drawn = signatures["sample"](count=tf.constant(2000), seed=tf.constant([3, 4], tf.int64))
again = signatures["sample"](count=tf.constant(2000), seed=tf.constant([3, 4], tf.int64))
assert drawn["x"].shape == (2000, x.shape[1])
assert np.array_equal(drawn["x"].numpy(), again["x"].numpy())
own = distance(signatures["log_prob"](x=drawn["x"])["log_q"], drawn["log_q"].numpy())
own_u = distance(signatures["energy"](x=drawn["x"])["u"], drawn["u"].numpy())
assert max(log_q, u, own, own_u) < tolerance, (log_q, u, own, own_u)
assert moved > 100 * tolerance, "the energy of other configurations is another"
print(
    f"same: TensorFlow {tf.__version__}, {len(s['x'])} rows of `sample` within"
    f" {log_q:.1e} (log_q) and {u:.1e} (u); 2000 of its own within {own:.1e} and {own_u:.1e}"
)
