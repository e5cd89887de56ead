(** * The language: syntax and meaning

    LSRL (Petrov et al., NeurIPS 2024, arXiv 2406.01424, section 3) with one operation more,
    [OPrev k], the output of node k at the previous step. Every ReLU-gated cell (RNN, LSTM, GRU, Hawk,
    Mamba) is a program of this language (folder cells/), so that one checker judges debranching and
    lowering alike.

    A program is a list of nodes in topological order, an initial value for each node whose previous
    output is read, and an output node. Its meaning [sem] is a function from input sequences to output
    sequences, over any ordered ring that receives the rationals.

    [sem] is total: an index that points nowhere reads an empty vector or a zero. WellFormed.v says
    which programs never meet such an index, and proves that. *)
From Coq Require Import List QArith Ring.
Import ListNotations.

(** ** Scalars: a totally ordered commutative ring that receives Q, with ReLU *)
Record oring := {
  car :> Type;
  k0 : car; k1 : car;
  kadd : car -> car -> car; kmul : car -> car -> car;
  ksub : car -> car -> car; kopp : car -> car;
  k_ring : ring_theory k0 k1 kadd kmul ksub kopp (@eq car);
  krelu : car -> car;
  knn : car -> Prop;                                     (* 0 <= x *)
  inj : Q -> car;
  inj_eq : forall p q, (p == q)%Q -> inj p = inj q;
  inj_0 : inj 0 = k0; inj_1 : inj 1 = k1;
  inj_add : forall p q, inj (p + q) = kadd (inj p) (inj q);
  inj_mul : forall p q, inj (p * q) = kmul (inj p) (inj q);
  nn_inj : forall q, (0 <= q)%Q -> knn (inj q);
  nn_add : forall x y, knn x -> knn y -> knn (kadd x y);
  nn_mul : forall x y, knn x -> knn y -> knn (kmul x y);
  relu_nn : forall x, knn (krelu x);
  relu_id : forall x, knn x -> krelu x = x;
  relu_opp : forall x, krelu (kopp x) = ksub (krelu x) x;
  relu_scale : forall c x, knn c -> krelu (kmul c x) = kmul c (krelu x);
  relu_le : forall x y, knn (ksub y x) -> knn y -> knn (ksub y (krelu x));
  nn_square : forall x, knn (kmul x x);
  nn_total : forall x, knn x \/ knn (kopp x)
}.

(** ** Syntax *)

(** A row of a matrix: its columns and their values. *)
Definition srow := list (nat * Q).
Inductive op :=
| OInput                                                 (* x_t *)
| OLin (rows : list (srow * Q)) (i : nat)                (* A v_i + b, a row being (A's row, b) *)
| ORelu (i : nat)                                        (* max(0, v_i) *)
| OState (rows : list ((srow * srow) * Q)) (i : nat)     (* s <- A s + B v_i + b, s being the node *)
| OPrev (k : nat)                                        (* node k at the previous step *)
| OConcat (l : list nat)                                 (* v_i on top of each other *)
| OMulti (i : nat).                                      (* first half of v_i times second half *)
Record prog := {
  nodes : list op;
  inits : list (list Q);       (* of node k: its value before the first step; [] if nothing reads it *)
  out : nat
}.

(** ** Meaning *)
Section Sem.
Variable F : oring.
Notation "0" := (k0 F).
Infix "+" := (kadd F). Infix "*" := (kmul F).
Local Notation vec := (list F).

Fixpoint dot (r : srow) (v : vec) : F :=
  match r with [] => 0 | (i, q) :: r' => inj F q * nth i v 0 + dot r' v end.
Definition linv (rows : list (srow * Q)) (v : vec) : vec :=
  map (fun rb => dot (fst rb) v + inj F (snd rb)) rows.
Definition statev (rows : list ((srow * srow) * Q)) (s v : vec) : vec :=
  map (fun r => dot (fst (fst r)) s + dot (snd (fst r)) v + inj F (snd r)) rows.
Fixpoint map2 {A B C} (f : A -> B -> C) l m :=
  match l, m with a :: l', b :: m' => f a b :: map2 f l' m' | _, _ => [] end.
Definition multv (v : vec) : vec :=
  let h := Nat.div2 (length v) in map2 (kmul F) (firstn h v) (skipn h v).

(** One node: [env] holds the outputs of the nodes before it, [prev] all outputs one step before. *)
Definition eval_op (o : op) (x : vec) (prev env : list vec) : vec :=
  match o with
  | OInput => x
  | OLin rows i => linv rows (nth i env [])
  | ORelu i => map (krelu F) (nth i env [])
  | OState rows i => statev rows (nth (length env) prev []) (nth i env [])
  | OPrev k => nth k prev []
  | OConcat l => concat (map (fun i => nth i env []) l)
  | OMulti i => multv (nth i env [])
  end.

(** One step, all nodes in order. *)
Fixpoint exec (ops : list op) (x : vec) (prev env : list vec) : list vec :=
  match ops with
  | [] => env
  | o :: r => exec r x prev (env ++ [eval_op o x prev env])
  end.
Definition init (p : prog) : list vec := map (map (inj F)) (inits p).
Fixpoint run (p : prog) (prev : list vec) (xs : list vec) : list vec :=
  match xs with
  | [] => []
  | x :: r => let e := exec (nodes p) x prev [] in nth (out p) e [] :: run p e r
  end.
Definition sem (p : prog) (xs : list vec) := run p (init p) xs.

(** ** Bounds: what certificates assume of inputs, and claim of remembered values *)
Definition bounds := (option Q * option Q)%type.         (* lower, upper; None: unbounded *)
Definition free : bounds := (None, None).
Definition within (b : bounds) (v : F) : Prop :=
  (forall l, fst b = Some l -> knn F (ksub F v (inj F l)))
  /\ (forall u, snd b = Some u -> knn F (ksub F (inj F u) v)).
End Sem.
