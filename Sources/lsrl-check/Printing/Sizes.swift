import Architectures
import ExactJSON
import LSRL

extension ProgramSize: CustomStringConvertible {
  public var description: String {
    "\(nodes.grouped) nodes, \(width.grouped) wide, \(denseParameters.grouped) dense parameters, "
      + "\(nonzeros.grouped) non-zeros"
  }
}

extension StackSize: CustomStringConvertible {
  public var description: String {
    "\(layerCount.grouped) layers, \(width.grouped) wide, \(denseParameters.grouped) dense "
      + "parameters, \(nonzeros.grouped) non-zeros"
  }
}

extension ProgramSize {
  var json: JSONValue {
    [
      "nodes": JSONValue(nodes), "width": JSONValue(width),
      "denseParameters": JSONValue(denseParameters), "nonzeros": JSONValue(nonzeros),
    ]
  }
}

extension StackSize {
  var json: JSONValue {
    [
      "layers": JSONValue(layerCount), "width": JSONValue(width),
      "denseParameters": JSONValue(denseParameters), "nonzeros": JSONValue(nonzeros),
    ]
  }
}

extension LayerStack {
  /// The weights by name, each with its shape and its entries that are not zero, as
  /// [row, column, "p/q"].
  var json: JSONValue {
    let weights = weights.map { weight -> JSONValue in
      var entries: [JSONValue] = []
      for (index, row) in weight.values.rows.enumerated() {
        for entry in row {
          entries.append([JSONValue(index), JSONValue(entry.column), JSONValue(entry.value)])
        }
      }
      return [
        "name": .string(weight.name), "shape": .array(weight.shape.map { JSONValue($0) }),
        "nonzeros": .array(entries),
      ]
    }
    return [
      "schema": "lsrl-check/layers/1", "architecture": .string(architecture.rawValue),
      "inputDimension": JSONValue(inputDimension), "outputDimension": JSONValue(outputDimension),
      "layers": JSONValue(layers.count), "weights": .array(weights),
    ]
  }
}
