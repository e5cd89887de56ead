import Architectures
import Compiler
import ExactJSON
import LSRL

extension ProgramSize: CustomStringConvertible {
  public var description: String {
    "\(nodes.grouped) nodes, \(width.grouped) wide, \(denseParameters.grouped) dense parameters, "
      + "\(nonzeros.grouped) non-zeros"
  }
}

extension LeanBound: CustomStringConvertible {
  public var description: String {
    "at least \(stages.grouped) stages, at least \(width.grouped) wide"
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

extension LeanBound {
  var json: JSONValue { ["stages": JSONValue(stages), "width": JSONValue(width)] }
}

extension StackSize {
  var json: JSONValue {
    [
      "layers": JSONValue(layerCount), "width": JSONValue(width),
      "denseParameters": JSONValue(denseParameters), "nonzeros": JSONValue(nonzeros),
    ]
  }
}
