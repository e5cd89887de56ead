(** * The searches: for atoms, and for the parts of a form that are bounded below

    Nothing is proved of them, as nothing need be: [check] believes no search. The extracted checker
    is given a hash table for [fnd], and [moves] with a memory for [wit]; inside the kernel [search] and
    [moves] do. *)
From Coq Require Import List QArith PArith Bool FMapPositive.
Import ListNotations.
From LSRL Require Import Language Forms Checker.

(** ** Atoms *)

Definition q_same (a b : Q) : bool := Z.eqb (Qnum a) (Qnum b) && Pos.eqb (Qden a) (Qden b).
Fixpoint f_same (f g : form) : bool :=
  match f, g with
  | [], [] => true
  | (i, a) :: f', (j, b) :: g' => Pos.eqb i j && q_same a b && f_same f' g'
  | _, _ => false
  end.
Definition d_same (a b : def) : bool :=
  match a, b with
  | DOne, DOne => true
  | DIn i, DIn j => Nat.eqb i j
  | DSt i j, DSt k l | DTg i j, DTg k l => Nat.eqb i k && Nat.eqb j l
  | DRelu f, DRelu g => f_same f g
  | DMul f g, DMul h k => f_same f h && f_same g k
  | _, _ => false
  end.
Fixpoint search_from (i : positive) (t : list entry) (d : def) : option positive :=
  match t with
  | [] => None
  | (e, _) :: r => if d_same e d then Some i else search_from (Pos.succ i) r d
  end.
Definition search (t : list entry) : def -> option positive := search_from 2 t.

(** ** Moves *)
Section Moves.
Variable get : positive -> option def.
Variable bnd : positive -> bounds.

(** Whether f - c r + c g has fewer terms than f, r = ReLU(g) being one of them: no more [more] terms
    than [less]. [left] is the length of g. *)
Fixpoint from (i : positive) (f : form) : form :=
  match f with
  | [] => []
  | (j, _) :: r => match Pos.compare j i with Lt => from i r | _ => f end
  end.
(** Whether c a + b = 0, c being positive. *)
Definition cancels (c a b : Q) : bool :=
  match Z.compare (Qnum a) 0, Z.compare (Qnum b) 0 with
  | Lt, Gt | Gt, Lt => Qeq_bool (c * a) (- b)
  | _, _ => false
  end.
Fixpoint shortens (c : Q) (g f : form) (left more less : nat) : bool :=
  if Nat.ltb (less + left) more then false else
  match g with
  | [] => true
  | (i, a) :: g' =>
    let f' := from i f in
    match f' with
    | (j, b) :: _ =>
      if same i j
      then shortens c g' f' (pred left) more (if cancels c a b then S less else less)
      else shortens c g' f' (pred left) (S more) less
    | [] => shortens c g' f' (pred left) (S more) less
    end
  end.
(** Flips of the ReLU atoms of [t] in ascending order, each if it makes the form [f] shorter. *)
Fixpoint flips (t f : form) : list move * form :=
  match t with
  | [] => ([], f)
  | (r, c) :: t' =>
    match (if Qle_bool c 0 then None else get r) with
    | Some (DRelu g) =>
      if shortens c g f (length g) 0 0 then
        match flip get r f with
        | Some f' => let (ms, e) := flips t' f' in (Flip r :: ms, e)
        | None => flips t' f
        end
      else flips t' f
    | _ => flips t' f
    end
  end.
(** The factors of products with a negative coefficient, in ascending order. *)
Fixpoint insert (a : positive) (l : list positive) : list positive :=
  match l with
  | [] => [a]
  | b :: r => match Pos.compare a b with Lt => a :: l | Eq => l | Gt => b :: insert a r end
  end.
Fixpoint candidates (f : form) : list positive :=
  match f with
  | [] => []
  | (i, c) :: r =>
    match (if Qle_bool 0 c then None else factors get i) with
    | Some (p, q) => insert p (insert q (candidates r))
    | None => candidates r
    end
  end.
(** Groups of the atoms [l], each if it and what it multiplies are bounded below by 0. *)
Definition at_least_0 (q : option Q) : bool := match q with Some l => Qle_bool 0 l | None => false end.
Fixpoint groups (l : list positive) (f : form) : list move :=
  match l with
  | [] => []
  | a :: l' =>
    if at_least_0 (fst (bnd a)) then
      let (cof, rest) := split get a f in
      if at_least_0 (termwise bnd 0 cof) then Group a :: groups l' rest else groups l' f
    else groups l' f
  end.
(** Flips, then groups; nothing, if that comes to nothing. *)
Definition moves (f : form) : list move :=
  let (ms, f') := flips f f in
  match groups (candidates f') f', termwise bnd 0 f' with
  | [], None => []
  | gs, _ => ms ++ gs
  end.
End Moves.

(** ** For the kernel: both searches in a table *)
Definition atoms_of (t : list entry) : PositiveMap.t entry := fill 2 t first_atom.
Definition find_moves (t : list entry) : form -> list move :=
  let m := atoms_of t in moves (get_in m) (bnd_in m).
