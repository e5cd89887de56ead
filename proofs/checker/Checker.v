(** * The certificate checker

    A certificate claims, for coordinates of the target's remembered values, which quantity of the
    source they always equal: output i of a stateless coupling program over remembered values of the
    source (for example [ReLU(s); ReLU(-s)] for the pair by which Eq. 11 of the paper stores s). The
    coupling program may also read remembered values of the target, and remembered values of the source
    may be linked to its outputs as well: what remembered values say of each other.

    It may also claim bounds of remembered values, of the source and of the target.

    [check] accepts iff both programs and the certificate are well formed, the outputs of one symbolic
    step are equal forms, the claims hold at the start, and a step preserves them, on inputs within the
    assumed bounds. What [check] accepts is true: CheckSound.v. It is incomplete: what it rejects need
    not be false. *)
From Coq Require Import List QArith PArith FMapPositive Bool Lia Ring Arith.
Import ListNotations.
From LSRL Require Import Language WellFormed Pieces Forms.

Definition entry := (def * bounds)%type.
Record cert := {
  inp : list (nat * nat);              (* the remembered source values (node, coordinate) read by cpl *)
  tgt_inp : list (nat * nat);          (* behind them, the remembered target values that it reads *)
  cpl : prog;                          (* the coupling program *)
  links : list (list (option nat));    (* per target node and coordinate: Some i = it equals output i
                                          of the coupling program; None = no claim *)
  src_links : list (list (option nat)); (* the same of the source *)
  src_bounds : list (list bounds);     (* of remembered source values, per node and coordinate *)
  tgt_bounds : list (list bounds);     (* the same of the target *)
  table : list entry                   (* the atoms, by number from 2; atom 1 is 1 *)
}.

(** ** The certificate is about values that exist *)
Fixpoint links_fit (lks : list (list (option nat))) (ini : list (list Q)) (m : nat) : bool :=
  match lks, ini with
  | [], _ => true
  | l :: r, _ =>
    Nat.leb (length l) (length (hd [] ini))
    && forallb (fun o => match o with Some i => Nat.ltb i m | None => true end) l
    && links_fit r (tl ini) m
  end.
Definition reads_fit (l : list (nat * nat)) (ini : list (list Q)) : bool :=
  forallb (fun kj => Nat.ltb (snd kj) (length (nth (fst kj) ini []))) l.
Fixpoint bounds_fit (bs : list (list bounds)) (ini : list (list Q)) : bool :=
  match bs with
  | [] => true
  | l :: r => Nat.leb (length l) (length (hd [] ini)) && bounds_fit r (tl ini)
  end.
Definition wf_cert (n : nat) (src tgt : prog) (c : cert) : bool :=
  wf n src && wf n tgt
  && match remembered 0 (nodes (cpl c)), out_dim (length (inp c) + length (tgt_inp c)) (cpl c) with
     | [], Some m =>
       reads_fit (inp c) (inits src) && reads_fit (tgt_inp c) (inits tgt)
       && links_fit (links c) (inits tgt) m && links_fit (src_links c) (inits src) m
     | _, _ => false
     end
  && bounds_fit (src_bounds c) (inits src) && bounds_fit (tgt_bounds c) (inits tgt).

(** ** Claims about all values, by node and coordinate *)
Section Claims.
Variables (A : Type) (d : A) (holds : bounds -> A -> bool).
Fixpoint row_holds (l : list bounds) (v : list A) : bool :=
  match l with [] => true | b :: r => holds b (hd d v) && row_holds r (tl v) end.
Fixpoint all_hold (bs : list (list bounds)) (E : list (list A)) : bool :=
  match bs with [] => true | l :: r => row_holds l (hd [] E) && all_hold r (tl E) end.
End Claims.
(** Of a number. *)
Definition holds (b : bounds) (q : Q) : bool :=
  match fst b with Some l => Qle_bool l q | None => true end
  && match snd b with Some u => Qle_bool q u | None => true end.
Definition hold_at_start (bs : list (list bounds)) (p : prog) : bool := all_hold Q 0 holds bs (inits p).

(** ** One step, over forms *)
Section Chk.
Variable get : positive -> option def.
Variable bnd : positive -> bounds.
Variable fnd : def -> option positive.
Variable wit : form -> list (list move).

(** Previous values of nodes from k on: what the links say, [C] being the output of the coupling
    program; else atoms. *)
Fixpoint before (mk : nat -> nat -> def) (k : nat) (ini : list (list Q))
  (lks : list (list (option nat))) (C : list form) : option (list (list form)) :=
  match ini with
  | [] => Some []
  | v :: r =>
    let l := nth k lks [] in
    match mapo (fun j => match nth j l None with
                         | Some i => Some (nth i C [])
                         | None => atom get fnd (mk k j) end) (seq 0 (length v)),
          before mk (S k) r lks C with
    | Some v, Some t => Some (v :: t) | _, _ => None end
  end.
Definition rd {A} (d : A) (l : list (nat*nat)) (E : list (list A)) : list A :=
  map (fun kj => nth (snd kj) (nth (fst kj) E []) d) l.
(** The links hold of the values [E], [C] being the output of the coupling program. *)
Fixpoint chk_row (l : list (option nat)) (v C : list form) : bool :=
  match l with
  | [] => true
  | o :: r => match o with Some i => feqb (hd [] v) (nth i C []) | None => true end
              && chk_row r (tl v) C
  end.
Fixpoint chk_links (lks : list (list (option nat))) (E : list (list form)) (C : list form) : bool :=
  match lks with
  | [] => true
  | l :: r => chk_row l (hd [] E) C && chk_links r (tl E) C
  end.
(** Bounds, of a form. *)
Definition above (l : option Q) (f : form) : bool :=
  match l with
  | None => true
  | Some q => match low get bnd fnd wit f with Some p => Qle_bool q p | None => false end
  end.
Definition chk_bound (b : bounds) (f : form) : bool :=
  above (fst b) f && above (option_map Qopp (snd b)) (fscale (-1) f).
Definition hold_after : list (list bounds) -> list (list form) -> bool := all_hold form [] chk_bound.
Definition sinit (p : prog) : list (list form) := map (map fconst) (inits p).
Fixpoint feqv (u v : list form) : bool :=
  match u, v with
  | [], [] => true
  | a::u', b::v' => feqb a b && feqv u' v'
  | _, _ => false
  end.
(** One symbolic step of both programs, and what the coupling program says before the first step and
    after the step. *)
Record step := {
  src_values : list (list form); tgt_values : list (list form);
  said_at_start : list form; said_after : list form
}.
Definition couple (c : cert) (read : list form) : option (list form) :=
  option_map (fun e => nth (out (cpl c)) e [])
    (sexec get bnd fnd wit (nodes (cpl c)) read [] []).
(** What the source computes from [x] and, where nothing is linked, [ps], and what the coupling program
    says before; it runs first if the source's previous values depend on it. *)
Definition source_step (src : prog) (c : cert) (x : list form) (ps : list (list form))
  (read : list form) : option (list (list form) * list form) :=
  match src_links c with
  | [] =>
    match sexec get bnd fnd wit (nodes src) x ps [], couple c read with
    | Some es, Some said => Some (es, said) | _, _ => None end
  | lks =>
    match couple c read with
    | Some said =>
      match before DSt 0 (inits src) lks said with
      | Some ps => option_map (fun es => (es, said)) (sexec get bnd fnd wit (nodes src) x ps [])
      | None => None end
    | None => None end
  end.
Definition symbolic (n : nat) (src tgt : prog) (c : cert) : option step :=
  let read := fun S T => rd [] (inp c) S ++ rd [] (tgt_inp c) T in
  match mapo (fun j => atom get fnd (DIn j)) (seq 0 n), before DSt 0 (inits src) [] [],
        mapo (fun kj => atom get fnd (DSt (fst kj) (snd kj))) (inp c),
        mapo (fun kj => atom get fnd (DTg (fst kj) (snd kj))) (tgt_inp c) with
  | Some sx, Some ps, Some cs, Some ct =>
    match source_step src c sx ps (cs ++ ct) with
    | Some (es, said) =>
      match before DTg 0 (inits tgt) (links c) said with
      | Some pt =>
        match sexec get bnd fnd wit (nodes tgt) sx pt [] with
        | Some et =>
          match couple c (read es et), couple c (read (sinit src) (sinit tgt)) with
          | Some said1, Some said0 =>
            Some {| src_values := es; tgt_values := et; said_at_start := said0; said_after := said1 |}
          | _, _ => None end
        | None => None end
      | None => None end
    | None => None end
  | _, _, _, _ => None end.
(** The outputs are equal; links and bounds hold after the step if they held before it; the links hold
    at the start. *)
Definition check_core (n : nat) (src tgt : prog) (c : cert) : bool :=
  match symbolic n src tgt c with
  | Some s =>
    feqv (nth (out src) (src_values s) []) (nth (out tgt) (tgt_values s) []) &&
    chk_links (links c) (tgt_values s) (said_after s) &&
    chk_links (links c) (sinit tgt) (said_at_start s) &&
    chk_links (src_links c) (src_values s) (said_after s) &&
    chk_links (src_links c) (sinit src) (said_at_start s) &&
    hold_after (src_bounds c) (src_values s) && hold_after (tgt_bounds c) (tgt_values s)
  | None => false
  end.
End Chk.

(** ** The atom table: an atom is defined by earlier ones, and they bound it *)
Definition scopedf (i : positive) (f : form) := forallb (fun iq => Pos.ltb (fst iq) i) f.
Definition scoped (i : positive) (d : def) : bool :=
  match d with DRelu f | DSum f => scopedf i f | DMul f g => scopedf i f && scopedf i g | _ => true end.
(** The bounds [b] follow from the bounds [d]. *)
Definition implied (b d : bounds) : bool :=
  match fst b, fst d with None, _ => true | Some p, Some q => Qle_bool p q | _, _ => false end
  && match snd b, snd d with None, _ => true | Some p, Some q => Qle_bool q p | _, _ => false end.

Definition get_in (m : PositiveMap.t entry) (i : positive) : option def :=
  option_map fst (PositiveMap.find i m).
Definition bnd_in (m : PositiveMap.t entry) (i : positive) : bounds :=
  match PositiveMap.find i m with Some e => snd e | None => free end.
Definition first_atom : PositiveMap.t entry :=
  PositiveMap.add 1%positive (DOne, (Some 1, Some 1)) (PositiveMap.empty entry).
Fixpoint fill (i : positive) (t : list entry) (m : PositiveMap.t entry) : PositiveMap.t entry :=
  match t with [] => m | e :: r => fill (Pos.succ i) r (PositiveMap.add i e m) end.

Section Table.
Variable fnd : def -> option positive.
Variable wit : form -> list (list move).
Variable ins : list bounds.
Variables sbs tbs : list (list bounds).
Fixpoint checked (i : positive) (t : list entry) (m : PositiveMap.t entry)
  : option (PositiveMap.t entry) :=
  match t with
  | [] => Some m
  | (d, b) :: r =>
    if scoped i d && implied b (bounds_of (get_in m) (bnd_in m) fnd wit ins sbs tbs d)
    then checked (Pos.succ i) r (PositiveMap.add i (d, b) m)
    else None
  end.
End Table.

(** ** The checker *)
Definition check (fnd : def -> option positive) (wit : form -> list (list move)) (ins : list bounds)
    (n : nat) (src tgt : prog) (c : cert) : bool :=
  wf_cert n src tgt c &&
  hold_at_start (src_bounds c) src && hold_at_start (tgt_bounds c) tgt &&
  match checked fnd wit ins (src_bounds c) (tgt_bounds c) 2 (table c) first_atom with
  | Some m => check_core (get_in m) (bnd_in m) fnd wit n src tgt c
  | None => false
  end.
