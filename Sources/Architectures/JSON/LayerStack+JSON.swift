import ExactArithmetic
import ExactJSON

// A network as a file:
//
//     {"schema": "lsrl-check/layers/1", "architecture": "mamba", "inputDimension": 1,
//      "embedding": "token-and-one", "maximumLength": 30,
//      "layers": [{"kind": "mamba", "weights": {"input": array, …}}, …],
//      "readOut": {"matrix": array, "offset": array}}
//
// Names of arrays are those of `Weight`. `docs/formats.md` has the whole.

extension LayerStack {
  public static let schema = "lsrl-check/layers/1"

  /// Files with more layers than this are refused.
  public static let largestLayerCount = 1 << 16

  /// Reads what `json` writes, or what a person wrote. Whatever is in the file, no more memory is
  /// taken than `ArrayLimits` allow, and no layer is built from arrays that do not fit.
  public init(parsing json: JSONValue) throws(JSONContentError) {
    let file = JSONPath(json)
    try file.allow([
      "schema", "architecture", "inputDimension", "embedding", "maximumLength", "layers",
      "readOut", "notes",
    ])
    let schema = try file.member("schema")
    guard try schema.string() == LayerStack.schema else {
      throw schema.error(expecting: "\"\(LayerStack.schema)\"")
    }
    let architecture = try file.member("architecture").architecture()
    let inputs = try file.member("inputDimension")
    let inputDimension = try inputs.integer()
    guard 1...ArrayLimits.largestDimension ~= inputDimension else {
      throw inputs.error(expecting: "a dimension from 1 to \(ArrayLimits.largestDimension)")
    }
    let embedding = try file.optional("embedding")?.embedding() ?? .token
    let items = try file.member("layers")
    let list = try items.elements()
    guard list.count <= LayerStack.largestLayerCount else {
      throw items.error(
        expecting: "at most \(LayerStack.largestLayerCount) layers", found: "\(list.count)")
    }
    var limits = ArrayLimits()
    var layers: [Layer] = []
    var dimension = embedding.outputDimension(of: inputDimension, before: [])
    for item in list {
      let isFree = layers.isEmpty && embedding == .tokenAndZeros
      let layer = try item.layer(
        of: architecture, reading: isFree ? nil : dimension, &limits)
      guard !isFree || layer.inputDimension >= dimension else {
        throw item.error(
          expecting: "a layer that reads at least \(dimension) numbers",
          found: "one that reads \(layer.inputDimension)")
      }
      dimension = layer.outputDimension
      layers.append(layer)
    }
    // The read-out's arrays are called as those of a layer with this one affine map.
    var arrays = try ArrayReader(file.member("readOut"), limits: limits)
    let matrix = try arrays.matrix("matrix", columns: dimension)
    let readOut = AffineMap(matrix, offset: try arrays.vector("offset", count: matrix.rowCount))
    try arrays.finish()
    self.init(
      architecture: architecture, inputDimension: inputDimension, embedding: embedding,
      layers: layers, readOut: readOut,
      maximumLength: try file.optional("maximumLength")?.length(),
      notes: try file.optional("notes")?.texts() ?? [])
  }
}

extension JSONPath {
  fileprivate func allow(_ names: [String]) throws(JSONContentError) {
    for (name, _) in try members() where !names.contains(name) {
      throw error(expecting: "only \(names.joined(separator: ", "))", found: "\"\(name)\"")
    }
  }

  fileprivate func architecture() throws(JSONContentError) -> Architecture {
    guard let architecture = Architecture(rawValue: try string()) else {
      let known = Architecture.allCases.map(\.rawValue).joined(separator: ", ")
      throw error(expecting: "one of \(known)")
    }
    return architecture
  }

  fileprivate func embedding() throws(JSONContentError) -> Embedding {
    guard let embedding = Embedding(rawValue: try string()) else {
      let known = Embedding.allCases.map(\.rawValue).joined(separator: ", ")
      throw error(expecting: "one of \(known)")
    }
    return embedding
  }

  fileprivate func texts() throws(JSONContentError) -> [String] {
    var texts: [String] = []
    for element in try elements() { texts.append(try element.string()) }
    return texts
  }

  fileprivate func length() throws(JSONContentError) -> Int {
    let length = try integer()
    guard length > 0 else { throw error(expecting: "a positive number of tokens") }
    return length
  }

  fileprivate func layer(
    of architecture: Architecture, reading inputs: Int?, _ limits: inout ArrayLimits
  ) throws(JSONContentError) -> Layer {
    try allow(["kind", "settings", "weights"])
    let kind = try member("kind")
    guard try kind.string() == architecture.rawValue else {
      throw kind.error(expecting: "\"\(architecture.rawValue)\", as the stack's architecture")
    }
    var arrays = try ArrayReader(
      member("weights"), settings: optional("settings"), limits: limits)
    let layer = try Layer(architecture, reading: inputs, &arrays)
    try arrays.finish()
    limits = arrays.limits
    return layer
  }
}

// MARK: - Writing

extension LayerStack {
  /// The stack in the form that `init(parsing:)` reads.
  public var json: JSONValue {
    var members: [JSONValue.Member] = [
      .init("schema", .string(LayerStack.schema)),
      .init("architecture", .string(architecture.rawValue)),
      .init("inputDimension", JSONValue(inputDimension)),
      .init("embedding", .string(embedding.rawValue)),
    ]
    if let maximumLength { members.append(.init("maximumLength", JSONValue(maximumLength))) }
    if !notes.isEmpty { members.append(.init("notes", .array(notes.map { .string($0) }))) }
    var arrays = [[JSONValue.Member]](repeating: [], count: layers.count)
    var readOut: [JSONValue.Member] = []
    for weight in weights {
      let parts = weight.name.split(separator: ".", maxSplits: 2).map(String.init)
      if parts[0] == "layers", parts.count == 3, let layer = Int(parts[1]) {
        arrays[layer].append(.init(parts[2], weight.json))
      } else {
        readOut.append(.init(parts.dropFirst().joined(separator: "."), weight.json))
      }
    }
    let layers = zip(self.layers, arrays).map { layer, arrays -> JSONValue in
      var members = [JSONValue.Member("kind", .string(layer.architecture.rawValue))]
      let settings = layer.settings
      if !settings.isEmpty { members.append(.init("settings", .object(settings))) }
      return .object(members + [.init("weights", .object(arrays))])
    }
    members += [.init("layers", .array(layers)), .init("readOut", .object(readOut))]
    return .object(members)
  }
}

extension Layer {
  /// What a layer is besides its weights.
  fileprivate var settings: [JSONValue.Member] {
    guard case .hawk(let block) = self else { return [] }
    return switch block.mixing {
    case .recurrence(let recurrence):
      recurrence.resetsAtStart ? [.init("resetsAtStart", true)] : []
    case .attention(let attention): [.init("window", JSONValue(attention.window))]
    }
  }
}

extension Weight {
  /// Arrays of more elements than this are written by their non-zeros, if most are zero.
  private static let largestDense = 16

  fileprivate var json: JSONValue {
    let size = shape.reduce(1, *)
    let isDense = size > 0 && (size <= Weight.largestDense || 3 * values.nonzeroCount > size)
    return isDense ? dense : sparse
  }

  private var dense: JSONValue {
    let rows = values.rows.map { row in
      var dense = [JSONValue](repeating: 0, count: values.columnCount)
      for entry in row { dense[entry.column] = JSONValue(compact: entry.value) }
      return dense
    }
    return .array(shape.count == 1 ? rows.flatMap(\.self) : rows.map { .array($0) })
  }

  private var sparse: JSONValue {
    var entries: [JSONValue] = []
    for (index, row) in values.rows.enumerated() {
      for entry in row {
        let value = JSONValue(compact: entry.value)
        let place = [JSONValue(index)] + (shape.count == 1 ? [] : [JSONValue(entry.column)])
        entries.append(.array(place + [value]))
      }
    }
    return ["shape": .array(shape.map { JSONValue($0) }), "nonzeros": .array(entries)]
  }
}

extension JSONValue {
  /// A whole number as a number, another as the string "p/q".
  fileprivate init(compact value: Rational) {
    self = value.isInteger ? .number("\(value)") : JSONValue(value)
  }
}
