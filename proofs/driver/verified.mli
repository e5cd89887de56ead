
val negb : bool -> bool

val option_map : ('a1 -> 'a2) -> 'a1 option -> 'a2 option

val fst : ('a1 * 'a2) -> 'a1

val snd : ('a1 * 'a2) -> 'a2

val length : 'a1 list -> int

val app : 'a1 list -> 'a1 list -> 'a1 list

type comparison =
| Eq
| Lt
| Gt

val add : int -> int -> int

val mul : int -> int -> int

module Nat :
 sig
  val ltb : int -> int -> bool

  val even : int -> bool

  val div2 : int -> int
 end

module Pos :
 sig
  type mask =
  | IsNul
  | IsPos of Big_int_Z.big_int
  | IsNeg
 end

module Coq_Pos :
 sig
  val succ : Big_int_Z.big_int -> Big_int_Z.big_int

  val add : Big_int_Z.big_int -> Big_int_Z.big_int -> Big_int_Z.big_int

  val add_carry : Big_int_Z.big_int -> Big_int_Z.big_int -> Big_int_Z.big_int

  val pred_double : Big_int_Z.big_int -> Big_int_Z.big_int

  type mask = Pos.mask =
  | IsNul
  | IsPos of Big_int_Z.big_int
  | IsNeg

  val succ_double_mask : mask -> mask

  val double_mask : mask -> mask

  val double_pred_mask : Big_int_Z.big_int -> mask

  val sub_mask : Big_int_Z.big_int -> Big_int_Z.big_int -> mask

  val sub_mask_carry : Big_int_Z.big_int -> Big_int_Z.big_int -> mask

  val sub : Big_int_Z.big_int -> Big_int_Z.big_int -> Big_int_Z.big_int

  val mul : Big_int_Z.big_int -> Big_int_Z.big_int -> Big_int_Z.big_int

  val size_nat : Big_int_Z.big_int -> int

  val compare_cont :
    comparison -> Big_int_Z.big_int -> Big_int_Z.big_int -> comparison

  val compare : Big_int_Z.big_int -> Big_int_Z.big_int -> comparison

  val leb : Big_int_Z.big_int -> Big_int_Z.big_int -> bool

  val ltb : Big_int_Z.big_int -> Big_int_Z.big_int -> bool

  val ggcdn :
    int -> Big_int_Z.big_int -> Big_int_Z.big_int ->
    Big_int_Z.big_int * (Big_int_Z.big_int * Big_int_Z.big_int)

  val ggcd :
    Big_int_Z.big_int -> Big_int_Z.big_int ->
    Big_int_Z.big_int * (Big_int_Z.big_int * Big_int_Z.big_int)
 end

val hd : 'a1 -> 'a1 list -> 'a1

val tl : 'a1 list -> 'a1 list

val nth : int -> 'a1 list -> 'a1 -> 'a1

val nth_error : 'a1 list -> int -> 'a1 option

val concat : 'a1 list list -> 'a1 list

val map : ('a1 -> 'a2) -> 'a1 list -> 'a2 list

val fold_left : ('a1 -> 'a2 -> 'a1) -> 'a2 list -> 'a1 -> 'a1

val fold_right : ('a2 -> 'a1 -> 'a1) -> 'a1 -> 'a2 list -> 'a1

val forallb : ('a1 -> bool) -> 'a1 list -> bool

val filter : ('a1 -> bool) -> 'a1 list -> 'a1 list

val firstn : int -> 'a1 list -> 'a1 list

val skipn : int -> 'a1 list -> 'a1 list

val seq : int -> int -> int list

val list_sum : int list -> int

module Z :
 sig
  val double : Big_int_Z.big_int -> Big_int_Z.big_int

  val succ_double : Big_int_Z.big_int -> Big_int_Z.big_int

  val pred_double : Big_int_Z.big_int -> Big_int_Z.big_int

  val pos_sub : Big_int_Z.big_int -> Big_int_Z.big_int -> Big_int_Z.big_int

  val add : Big_int_Z.big_int -> Big_int_Z.big_int -> Big_int_Z.big_int

  val opp : Big_int_Z.big_int -> Big_int_Z.big_int

  val mul : Big_int_Z.big_int -> Big_int_Z.big_int -> Big_int_Z.big_int

  val compare : Big_int_Z.big_int -> Big_int_Z.big_int -> comparison

  val sgn : Big_int_Z.big_int -> Big_int_Z.big_int

  val leb : Big_int_Z.big_int -> Big_int_Z.big_int -> bool

  val abs : Big_int_Z.big_int -> Big_int_Z.big_int

  val to_pos : Big_int_Z.big_int -> Big_int_Z.big_int

  val ggcd :
    Big_int_Z.big_int -> Big_int_Z.big_int ->
    Big_int_Z.big_int * (Big_int_Z.big_int * Big_int_Z.big_int)
 end

val zeq_bool : Big_int_Z.big_int -> Big_int_Z.big_int -> bool

type q = { qnum : Big_int_Z.big_int; qden : Big_int_Z.big_int }

val qcompare : q -> q -> comparison

val qeq_bool : q -> q -> bool

val qle_bool : q -> q -> bool

val qplus : q -> q -> q

val qmult : q -> q -> q

val qopp : q -> q

val qinv : q -> q

val qred : q -> q

type srow = (int * q) list

type op =
| OInput
| OLin of (srow * q) list * int
| ORelu of int
| OState of ((srow * srow) * q) list * int
| OPrev of int
| OConcat of int list
| OMulti of int

type prog = { nodes : op list; inits : q list list; out : int }

type bounds = q option * q option

val free : bounds

val bind : 'a1 option -> ('a1 -> 'a2 option) -> 'a2 option

val mapM : ('a1 -> 'a2 option) -> 'a1 list -> 'a2 list option

val remembers : int -> op -> int list

val remembered : int -> op list -> int list

val below : int -> srow -> bool

val op_dim : int -> q list list -> int list -> op -> int option

val dims : int -> q list list -> op list -> int list -> int list option

val inits_fit : q list list -> int list -> bool

val remembered_fits : q list list -> int list -> int -> bool

val out_dim : int -> prog -> int option

val wf : int -> prog -> bool

val qabs : q -> q

val larger : q -> q -> q

val smaller : q -> q -> q

type piece = q * (q * q)

val inside : piece -> q -> q

val value : q -> piece list -> q -> q

val same_side : q -> q -> bool

val steady : piece list -> q -> q -> bool

val slope : q -> q -> piece list -> q

val ends : q -> q -> piece list -> q -> bool

val insert_point : q -> q list -> q list

val is_between : q option -> q option -> q -> bool

val points : q option -> q option -> piece list -> q list

val chain : q option -> q -> piece list -> q -> q list -> bool

val least : q -> piece list -> q option -> q option -> q option

type form = (Big_int_Z.big_int * q) list

type def =
| DOne
| DIn of int
| DSt of int * int
| DTg of int * int
| DRelu of form
| DMul of form * form
| DSum of form

val fadd : form -> form -> form

val fscale : q -> form -> form

val fconst : q -> form

val feqb : form -> form -> bool

type move =
| Flip of Big_int_Z.big_int
| Group of Big_int_Z.big_int
| Share of Big_int_Z.big_int * q
| Parallel of Big_int_Z.big_int * bool

val atom :
  (Big_int_Z.big_int -> def option) -> (def -> Big_int_Z.big_int option) ->
  def -> form option

val lead : form -> q

val isconst : (Big_int_Z.big_int -> def option) -> form -> q option

val smul1 :
  (Big_int_Z.big_int -> def option) -> (def -> Big_int_Z.big_int option) ->
  form -> form -> form option

val lid : form -> Big_int_Z.big_int

val smul0 :
  (Big_int_Z.big_int -> def option) -> (def -> Big_int_Z.big_int option) ->
  form -> form -> form option

val mulrow :
  (Big_int_Z.big_int -> def option) -> (def -> Big_int_Z.big_int option) ->
  (Big_int_Z.big_int * q) -> form -> form option

val mulall :
  (Big_int_Z.big_int -> def option) -> (def -> Big_int_Z.big_int option) ->
  form -> form -> form option

val parts : (Big_int_Z.big_int -> def option) -> form -> form * form

val smul :
  (Big_int_Z.big_int -> def option) -> (def -> Big_int_Z.big_int option) ->
  form -> form -> form option

val termwise : (Big_int_Z.big_int -> bounds) -> q -> form -> q option

val same : Big_int_Z.big_int -> Big_int_Z.big_int -> bool

val coefficient : Big_int_Z.big_int -> form -> q

val flip :
  (Big_int_Z.big_int -> def option) -> (Big_int_Z.big_int -> bounds) ->
  Big_int_Z.big_int -> form -> (q * form) option

val single : form -> Big_int_Z.big_int option

val factors :
  (Big_int_Z.big_int -> def option) -> Big_int_Z.big_int ->
  (Big_int_Z.big_int * Big_int_Z.big_int) option

val cofactor :
  (Big_int_Z.big_int -> def option) -> Big_int_Z.big_int -> Big_int_Z.big_int
  -> Big_int_Z.big_int option

val split :
  (Big_int_Z.big_int -> def option) -> Big_int_Z.big_int -> form ->
  form * form

val at_least_0 : q option -> bool

val expanded :
  (Big_int_Z.big_int -> def option) -> (def -> Big_int_Z.big_int option) ->
  Big_int_Z.big_int -> form option

val parallel :
  (Big_int_Z.big_int -> def option) -> form -> form -> piece list * form

val regrouped :
  (Big_int_Z.big_int -> def option) -> (Big_int_Z.big_int -> bounds) -> (def
  -> Big_int_Z.big_int option) -> q -> move list -> q -> form -> q option

val best : q option -> q option -> q option

val low :
  (Big_int_Z.big_int -> def option) -> (Big_int_Z.big_int -> bounds) -> (def
  -> Big_int_Z.big_int option) -> (form -> move list list) -> form -> q option

val up :
  (Big_int_Z.big_int -> def option) -> (Big_int_Z.big_int -> bounds) -> (def
  -> Big_int_Z.big_int option) -> (form -> move list list) -> form -> q option

val nonneg :
  (Big_int_Z.big_int -> def option) -> (Big_int_Z.big_int -> bounds) -> (def
  -> Big_int_Z.big_int option) -> (form -> move list list) -> form -> bool

val atleast0 : q option -> q option

val product_bounds : q option -> q option -> q option -> q option -> bounds

val bounds_of :
  (Big_int_Z.big_int -> def option) -> (Big_int_Z.big_int -> bounds) -> (def
  -> Big_int_Z.big_int option) -> (form -> move list list) -> bounds list ->
  bounds list list -> bounds list list -> def -> bounds

val srelu :
  (Big_int_Z.big_int -> def option) -> (Big_int_Z.big_int -> bounds) -> (def
  -> Big_int_Z.big_int option) -> (form -> move list list) -> form -> form
  option

val mapo : ('a1 -> 'a2 option) -> 'a1 list -> 'a2 list option

val map2o :
  ('a1 -> 'a2 -> 'a3 option) -> 'a1 list -> 'a2 list -> 'a3 list option

val sdot : srow -> form list -> form

val slin : (srow * q) list -> form list -> form list

val sstate : ((srow * srow) * q) list -> form list -> form list -> form list

val smultv :
  (Big_int_Z.big_int -> def option) -> (def -> Big_int_Z.big_int option) ->
  form list -> form list option

val sop :
  (Big_int_Z.big_int -> def option) -> (Big_int_Z.big_int -> bounds) -> (def
  -> Big_int_Z.big_int option) -> (form -> move list list) -> op -> form list
  -> form list list -> form list list -> form list option

val sexec :
  (Big_int_Z.big_int -> def option) -> (Big_int_Z.big_int -> bounds) -> (def
  -> Big_int_Z.big_int option) -> (form -> move list list) -> op list -> form
  list -> form list list -> form list list -> form list list option

module PositiveMap :
 sig
  type key = Big_int_Z.big_int

  type 'a tree =
  | Leaf
  | Node of 'a tree * 'a option * 'a tree

  type 'a t = 'a tree

  val empty : 'a1 t

  val find : key -> 'a1 t -> 'a1 option

  val add : key -> 'a1 -> 'a1 t -> 'a1 t
 end

type entry = def * bounds

type cert = { inp : (int * int) list; tgt_inp : (int * int) list; cpl : 
              prog; links : int option list list;
              src_links : int option list list;
              src_bounds : bounds list list; tgt_bounds : bounds list list;
              table : entry list }

val links_fit : int option list list -> q list list -> int -> bool

val reads_fit : (int * int) list -> q list list -> bool

val bounds_fit : bounds list list -> q list list -> bool

val wf_cert : int -> prog -> prog -> cert -> bool

val row_holds :
  'a1 -> (bounds -> 'a1 -> bool) -> bounds list -> 'a1 list -> bool

val all_hold :
  'a1 -> (bounds -> 'a1 -> bool) -> bounds list list -> 'a1 list list -> bool

val holds : bounds -> q -> bool

val hold_at_start : bounds list list -> prog -> bool

val before :
  (Big_int_Z.big_int -> def option) -> (def -> Big_int_Z.big_int option) ->
  (int -> int -> def) -> int -> q list list -> int option list list -> form
  list -> form list list option

val rd : 'a1 -> (int * int) list -> 'a1 list list -> 'a1 list

val chk_row : int option list -> form list -> form list -> bool

val chk_links : int option list list -> form list list -> form list -> bool

val above :
  (Big_int_Z.big_int -> def option) -> (Big_int_Z.big_int -> bounds) -> (def
  -> Big_int_Z.big_int option) -> (form -> move list list) -> q option ->
  form -> bool

val chk_bound :
  (Big_int_Z.big_int -> def option) -> (Big_int_Z.big_int -> bounds) -> (def
  -> Big_int_Z.big_int option) -> (form -> move list list) -> bounds -> form
  -> bool

val hold_after :
  (Big_int_Z.big_int -> def option) -> (Big_int_Z.big_int -> bounds) -> (def
  -> Big_int_Z.big_int option) -> (form -> move list list) -> bounds list
  list -> form list list -> bool

val sinit : prog -> form list list

val feqv : form list -> form list -> bool

type step = { src_values : form list list; tgt_values : form list list;
              said_at_start : form list; said_after : form list }

val couple :
  (Big_int_Z.big_int -> def option) -> (Big_int_Z.big_int -> bounds) -> (def
  -> Big_int_Z.big_int option) -> (form -> move list list) -> cert -> form
  list -> form list option

val source_step :
  (Big_int_Z.big_int -> def option) -> (Big_int_Z.big_int -> bounds) -> (def
  -> Big_int_Z.big_int option) -> (form -> move list list) -> prog -> cert ->
  form list -> form list list -> form list -> (form list list * form list)
  option

val symbolic :
  (Big_int_Z.big_int -> def option) -> (Big_int_Z.big_int -> bounds) -> (def
  -> Big_int_Z.big_int option) -> (form -> move list list) -> int -> prog ->
  prog -> cert -> step option

val check_core :
  (Big_int_Z.big_int -> def option) -> (Big_int_Z.big_int -> bounds) -> (def
  -> Big_int_Z.big_int option) -> (form -> move list list) -> int -> prog ->
  prog -> cert -> bool

val scopedf : Big_int_Z.big_int -> form -> bool

val scoped : Big_int_Z.big_int -> def -> bool

val implied : bounds -> bounds -> bool

val get_in : entry PositiveMap.t -> Big_int_Z.big_int -> def option

val bnd_in : entry PositiveMap.t -> Big_int_Z.big_int -> bounds

val first_atom : entry PositiveMap.t

val checked :
  (def -> Big_int_Z.big_int option) -> (form -> move list list) -> bounds
  list -> bounds list list -> bounds list list -> Big_int_Z.big_int -> entry
  list -> entry PositiveMap.t -> entry PositiveMap.t option

val check :
  (def -> Big_int_Z.big_int option) -> (form -> move list list) -> bounds
  list -> int -> prog -> prog -> cert -> bool

type link = { link_target : prog; link_cert : cert;
              link_atoms : (def -> Big_int_Z.big_int option);
              link_ways : (form -> move list list) }

val check_chain : bounds list -> int -> prog -> link list -> bool

val normal : form -> form
