(* Why a certificate was rejected, and where, in one line. Not trusted: the verdict was the verified
   function's alone; here its pieces run once more, and the first that says no is described.

   Looked at in this order: form; bounds and links before the first step; then of one step bounds, links,
   outputs. So what comes first is what the rest may follow from. *)
module Integer = Z
open Verified

let rational = Certificate.string_of_rational
let sign q = Integer.sign q.qnum

(* ---- forms, as one reads them ---- *)

let longest = 160
let cut text = if String.length text <= longest then text else String.sub text 0 longest ^ "..."

(* Stops early: a form may be far longer than what is shown of it. *)
exception Long
let form_text get f =
  let b = Buffer.create 200 in
  let add s = Buffer.add_string b s; if Buffer.length b > longest then raise Long in
  let rec form f =
    if f = [] then add "0";
    List.iteri (fun place (i, c) -> term (place = 0) (get i) c) f
  and term first d c =
    add (match first, sign c < 0 with
      | true, true -> "-" | true, false -> "" | false, true -> " - " | false, false -> " + ");
    let size = { c with qnum = Integer.abs c.qnum } in
    match d with
    | Some DOne -> add (rational size)
    | _ -> if rational size <> "1" then (add (rational size); add " "); atom d
  and atom = function
    | None -> add "?"
    | Some DOne -> add "1"
    | Some (DIn j) -> add (Printf.sprintf "in[%d]" j)
    | Some (DSt (k, j)) -> add (Printf.sprintf "src[%d.%d]" k j)
    | Some (DTg (k, j)) -> add (Printf.sprintf "tgt[%d.%d]" k j)
    | Some (DSum f) -> factor f
    | Some (DRelu f) -> add "relu("; form f; add ")"
    | Some (DMul (f, g)) -> factor f; add " * "; factor g
  and factor f = match f with
    | [(i, { qnum; qden })] when Integer.equal qnum qden -> atom (get i)
    | _ -> add "("; form f; add ")" in
  (try form f with Long -> ());
  cut (Buffer.contents b)

let side = function None -> "-" | Some q -> rational q

(* ---- the first place where something is wrong ---- *)

exception Found of string
let found format = Printf.ksprintf (fun s -> raise (Found s)) format

let at l i default = match List.nth_opt l i with Some x -> x | None -> default
(* Every claim of a list by node and coordinate, with the value that it is about. *)
let each claims values default visit =
  List.iteri (fun k row ->
    let v = at values k [] in
    List.iteri (fun j claim -> visit k j claim (at v j default)) row) claims

let ill_formed (t : Certificate.t) =
  let c = t.certificate in
  if not (wf t.dimension t.source) then found "ill-formed: the source";
  if not (wf t.dimension t.target) then found "ill-formed: the target";
  if remembered 0 c.cpl.nodes <> [] then found "ill-formed: the coupling program remembers";
  let said = match out_dim (List.length c.inp + List.length c.tgt_inp) c.cpl with
    | Some d -> d | None -> found "ill-formed: the coupling program" in
  let reads first who inits = List.iteri (fun place (k, j) ->
    if j >= List.length (at inits k []) then
      found "ill-formed: read %d of the coupling program: %s[%d.%d] is not remembered"
        (first + place) who k j) in
  reads 0 "src" t.source.inits c.inp;
  reads (List.length c.inp) "tgt" t.target.inits c.tgt_inp;
  let fit what claims inits =
    List.iteri (fun k row -> let most = List.length (at inits k []) in
      if List.length row > most then
        found "ill-formed: %d %s on a node that remembers %d values: node %d"
          (List.length row) what most k) claims in
  let link who links inits =
    fit ("links of the " ^ who) links inits;
    each links [] [] (fun k j link _ -> match link with
      | Some i when i >= said ->
        found "ill-formed: link of %s[%d.%d] to output %d of a coupling program of %d outputs"
          (if who = "source" then "src" else "tgt") k j i said
      | _ -> ()) in
  link "source" c.src_links t.source.inits;
  link "target" c.links t.target.inits;
  fit "bounds of the source" c.src_bounds t.source.inits;
  fit "bounds of the target" c.tgt_bounds t.target.inits

let bounds_hold who claims values default wrong holds text =
  each claims values default (fun k j claim value ->
    if not (holds claim value) then
      found "bound %s: %s node %d, coordinate %d: %s, claimed within %s and %s"
        wrong who k j (text value) (side (fst claim)) (side (snd claim)))

let starts_wrong (t : Certificate.t) =
  let zero = { qnum = Integer.zero; qden = Integer.one } in
  let start who claims p = bounds_hold who claims p.inits zero "wrong at the start" holds rational in
  start "source" t.certificate.src_bounds t.source;
  start "target" t.certificate.tgt_bounds t.target

let steps_wrong (t : Certificate.t) (s : Search.t) (step : Search.step) =
  let c = t.certificate in
  let text = form_text (Search.get s) in
  let linked who links wrong values said =
    each links values [] (fun k j link value -> match link with
      | Some i when not (feqb value (at said i [])) ->
        found "link %s: %s node %d, coordinate %d: it is %s, the coupling program says %s"
          wrong who k j (text value) (text (at said i []))
      | _ -> ()) in
  let links wrong source target said =
    linked "source" c.src_links wrong source said;
    linked "target" c.links wrong target said in
  let holds = chk_bound (Search.get s) (Search.bnd s) (Search.find s) (Search.ways s) in
  let preserved who claims values =
    bounds_hold who claims values [] "not preserved" holds text in
  links "wrong at the start" (sinit t.source) (sinit t.target) step.said_at_start;
  preserved "source" c.src_bounds step.source;
  preserved "target" c.tgt_bounds step.target;
  links "not preserved" step.source step.target step.said_after;
  let f = at step.source t.source.out [] and g = at step.target t.target.out [] in
  if List.length f <> List.length g then
    found "outputs differ: %d coordinates of the source, %d of the target"
      (List.length f) (List.length g);
  List.iteri (fun j (f, g) -> if not (feqb f g) then
    found "outputs differ: coordinate %d: source %s, target %s" j (text f) (text g))
    (List.combine f g)

(* What can be seen without a step; None if nothing is wrong there. *)
let before_the_step t = try ill_formed t; starts_wrong t; None with Found why -> Some why
let of_the_step t s step =
  try steps_wrong t s step; "undecided: the table of atoms or its bounds" with Found why -> why
