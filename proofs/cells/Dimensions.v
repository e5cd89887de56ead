(** * Cells are well-formed programs

    [wf] (WellFormed.v) walks over dimensions. Here the dimension of every node of a cell is written
    down, and [fit] proves node by node that it is the one: where the columns of all weights exist,
    nothing is read by default. *)
From Coq Require Import List QArith Bool Arith Lia.
Import ListNotations.
From LSRL Require Import Language WellFormed Vectors Convolution Nodes.
Local Open Scope nat_scope.

(** All columns are below d. *)
Definition columns (d : nat) (rows : list (srow * Q)) : Prop :=
  Forall (fun rb => Forall (fun iq => fst iq < d) (fst rb)) rows.

Lemma below_true d r : Forall (fun iq => fst iq < d) r -> below d r = true.
Proof.
  intro H. apply forallb_forall. rewrite Forall_forall in H. intros iq I. now apply Nat.ltb_lt, H.
Qed.
Lemma columns_true d rows : columns d rows ->
  forallb (fun rb : srow * Q => below d (fst rb)) rows = true.
Proof.
  intro H. apply forallb_forall. unfold columns in H. rewrite Forall_forall in H.
  intros rb I. apply below_true, H, I.
Qed.
Ltac rows_below := apply Forall_forall; intros ? I; apply in_map_iff in I as (j & <- & J);
  apply in_seq in J; cbn [fst]; repeat constructor; cbn [fst]; lia.
Lemma sum_columns k : columns (k + k) (sum_rows k).
Proof. rows_below. Qed.
Lemma complement_columns k : columns k (complement_rows k).
Proof. rows_below. Qed.
Lemma convolution_columns k t : columns (k + (k + (k + k))) (convolution_rows k t).
Proof. rows_below. Qed.

(** The dimensions es of the nodes ops, behind nodes of dimensions ds. *)
Fixpoint dims_are (n : nat) (ini : list (list Q)) (ops : list op) (ds es : list nat) : Prop :=
  match ops, es with
  | [], [] => True
  | o :: r, e :: es' => op_dim n ini ds o = Some e /\ dims_are n ini r (ds ++ [e]) es'
  | _, _ => False
  end.
Lemma dims_are_ok n ini ops : forall es ds, dims_are n ini ops ds es ->
  dims n ini ops ds = Some (ds ++ es).
Proof.
  induction ops as [|o r IH]; intros [|e es] ds H; cbn in H; try tauto.
  - now rewrite app_nil_r.
  - destruct H as [E H]. cbn [dims]. rewrite E. cbn [bind]. rewrite (IH _ _ H), <- app_assoc.
    reflexivity.
Qed.
Lemma wf_by n p es : dims_are n (inits p) (nodes p) [] es -> inits_fit (inits p) es = true ->
  forallb (remembered_fits (inits p) es) (remembered 0 (nodes p)) = true ->
  out p < length es -> wf n p = true.
Proof.
  intros D I R O. apply dims_are_ok in D. unfold wf, out_dim. rewrite D. cbn [app bind].
  rewrite I, R. cbn [andb]. apply nth_error_Some in O. now destruct (nth_error es (out p)).
Qed.

Section Kinds.
Variables (n : nat) (ini : list (list Q)) (ds : list nat).
Lemma linear_dim rows i d e : nth_error ds i = Some d -> length rows = e -> columns d rows ->
  op_dim n ini ds (OLin rows i) = Some e.
Proof. intros D <- C. cbn. rewrite D. cbn. now rewrite (columns_true _ _ C). Qed.
Lemma multi_dim i e : nth_error ds i = Some (e + e) -> op_dim n ini ds (OMulti i) = Some e.
Proof.
  intro D. cbn. rewrite D. cbn. replace (e + e) with (2 * e) by lia.
  rewrite Nat.even_mul, Nat.div2_double. reflexivity.
Qed.
Lemma prev_dim k v e : nth k ini [] = v -> length v = e -> op_dim n ini ds (OPrev k) = Some e.
Proof. now intros <- <-. Qed.
Lemma state_dim rows i d e : nth_error ds i = Some d -> length rows = e ->
  length (nth (length ds) ini []) = e ->
  Forall (fun r => Forall (fun iq => fst iq < e) (fst (fst r))
    /\ Forall (fun iq => fst iq < d) (snd (fst r))) rows ->
  op_dim n ini ds (OState rows i) = Some e.
Proof.
  intros D <- I C. cbn. rewrite D. cbn. rewrite I, Nat.eqb_refl.
  replace (forallb _ _) with true; [reflexivity|]. symmetry. apply forallb_forall. intros r H.
  rewrite Forall_forall in C. destruct (C r H). now rewrite !below_true.
Qed.
Lemma decay_dim a c i e : nth_error ds i = Some e -> length a = e ->
  length (nth (length ds) ini []) = e -> op_dim n ini ds (OState (decay_rows a c) i) = Some e.
Proof.
  intros D L I. apply state_dim with e; [exact D| |exact I|].
  - unfold decay_rows. now rewrite map_length, seq_length.
  - apply Forall_forall. intros r H. apply in_map_iff in H as (j & <- & J). apply in_seq in J.
    split; repeat constructor; cbn; lia.
Qed.
End Kinds.

Ltac row_count := unfold sum_rows, complement_rows, convolution_rows;
  rewrite ?map_length, ?seq_length; first [reflexivity | assumption].
Ltac fit_node :=
  lazymatch goal with
  | |- op_dim _ _ _ OInput = _ => reflexivity
  | |- op_dim _ _ _ (OLin _ _) = _ => eapply linear_dim; [reflexivity | row_count
      | first [assumption | apply sum_columns | apply complement_columns
          | apply convolution_columns]]
  | |- op_dim _ _ _ (ORelu _) = _ => reflexivity
  | |- op_dim _ _ _ (OState (decay_rows _ _) _) = _ =>
    apply decay_dim; [reflexivity | assumption | cbn; assumption]
  | |- op_dim _ _ _ (OState _ _) = _ =>
    eapply state_dim; [reflexivity | assumption | cbn; assumption | assumption]
  | |- op_dim _ _ _ (OPrev _) = _ =>
    eapply prev_dim; [reflexivity | cbn; first [assumption | reflexivity]]
  | |- op_dim _ _ _ (OMulti _) = _ => apply multi_dim; reflexivity
  | |- op_dim _ _ _ (OConcat _) = Some ?e =>
    let H := fresh in
    match goal with |- ?t = _ => eassert (H : t = Some _) by (cbn; reflexivity) end;
    rewrite H; f_equal; lia
  end.
Ltac known_lengths :=
  repeat match goal with L : length ?v = _ |- context [length ?v] => rewrite L end.
(** The goal is wf of a program of dimensions es; initial values have dimensions by hypothesis. *)
Ltac fit es :=
  apply wf_by with es;
  [ cbn [nodes dims_are app]; repeat (split; [fit_node|]); exact I
  | cbn; known_lengths; rewrite ?Nat.eqb_refl, ?orb_true_r; reflexivity
  | cbn; known_lengths; rewrite ?Nat.eqb_refl; reflexivity
  | cbn; lia ].
