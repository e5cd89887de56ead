(** * Well-formed programs, and that they get no meaning by default

    [sem] of Language.v is total: a read of a node, a column or a previous value that does not exist
    yields an empty vector or a zero. The [strict] meaning yields None there, and also where a half of
    an odd vector is asked for, or a remembered value changes its dimension.

    [wf n p] is a test by dimensions alone. Proved: a program of n inputs that passes it has, on every
    input sequence, the strict meaning, and it is [sem] ([wf_strict]). The checker begins with this
    test. *)
From Coq Require Import List QArith Bool Lia Arith.
Import ListNotations.
From LSRL Require Import Language.
Local Open Scope nat_scope.

Definition bind {A B} (a : option A) (f : A -> option B) : option B :=
  match a with Some x => f x | None => None end.
Notation "'do' x <- a ; b" := (bind a (fun x => b)) (at level 200, x name, a at level 100).
Fixpoint mapM {A B} (f : A -> option B) (l : list A) : option (list B) :=
  match l with [] => Some [] | a :: r => do b <- f a; do t <- mapM f r; Some (b :: t) end.

(** ** Which previous values a program reads *)
Definition remembers (place : nat) (o : op) : list nat :=
  match o with OPrev k => [k] | OState _ _ => [place] | _ => [] end.
Fixpoint remembered (place : nat) (ops : list op) : list nat :=
  match ops with [] => [] | o :: r => remembers place o ++ remembered (S place) r end.

(** ** The strict meaning *)
Section Strict.
Variable F : oring.
Local Notation vec := (list F).

Fixpoint strict_dot (r : srow) (v : vec) : option F :=
  match r with
  | [] => Some (k0 F)
  | (i, q) :: r' => do a <- nth_error v i; do b <- strict_dot r' v;
                    Some (kadd F (kmul F (inj F q) a) b)
  end.
Definition strict_op (o : op) (x : vec) (prev env : list vec) : option vec :=
  match o with
  | OInput => Some x
  | OLin rows i =>
    do v <- nth_error env i;
    mapM (fun rb => do a <- strict_dot (fst rb) v; Some (kadd F a (inj F (snd rb)))) rows
  | ORelu i => do v <- nth_error env i; Some (map (krelu F) v)
  | OState rows i =>
    do s <- nth_error prev (length env);
    do v <- nth_error env i;
    mapM (fun r => do a <- strict_dot (fst (fst r)) s; do b <- strict_dot (snd (fst r)) v;
                   Some (kadd F (kadd F a b) (inj F (snd r)))) rows
  | OPrev k => nth_error prev k
  | OConcat l => do vs <- mapM (nth_error env) l; Some (concat vs)
  | OMulti i =>
    do v <- nth_error env i; if Nat.even (length v) then Some (multv F v) else None
  end.
Fixpoint strict_exec (ops : list op) (x : vec) (prev env : list vec) : option (list vec) :=
  match ops with
  | [] => Some env
  | o :: r => do v <- strict_op o x prev env; strict_exec r x prev (env ++ [v])
  end.
Definition same_length {A} (u v : option (list A)) : bool :=
  match u, v with Some u, Some v => Nat.eqb (length u) (length v) | _, _ => false end.
Fixpoint strict_run (p : prog) (prev : list vec) (xs : list vec) : option (list vec) :=
  match xs with
  | [] => Some []
  | x :: r =>
    do e <- strict_exec (nodes p) x prev [];
    if forallb (fun k => same_length (nth_error prev k) (nth_error e k)) (remembered 0 (nodes p))
    then do y <- nth_error e (out p); do ys <- strict_run p e r; Some (y :: ys)
    else None
  end.
Definition strict (p : prog) (xs : list vec) : option (list vec) := strict_run p (init F p) xs.
End Strict.

(** ** The test *)
Definition below (d : nat) (r : srow) : bool := forallb (fun iq => Nat.ltb (fst iq) d) r.
Definition op_dim (n : nat) (ini : list (list Q)) (ds : list nat) (o : op) : option nat :=
  match o with
  | OInput => Some n
  | OLin rows i =>
    do d <- nth_error ds i;
    if forallb (fun rb => below d (fst rb)) rows then Some (length rows) else None
  | ORelu i => nth_error ds i
  | OState rows i =>
    do d <- nth_error ds i;
    if Nat.eqb (length (nth (length ds) ini [])) (length rows)
       && forallb (fun r => below (length rows) (fst (fst r)) && below d (snd (fst r))) rows
    then Some (length rows) else None
  | OPrev k => Some (length (nth k ini []))
  | OConcat l => do es <- mapM (nth_error ds) l; Some (list_sum es)
  | OMulti i => do d <- nth_error ds i; if Nat.even d then Some (Nat.div2 d) else None
  end.
Fixpoint dims (n : nat) (ini : list (list Q)) (ops : list op) (ds : list nat) : option (list nat) :=
  match ops with
  | [] => Some ds
  | o :: r => do d <- op_dim n ini ds o; dims n ini r (ds ++ [d])
  end.
(** Each initial value has the dimension of its node; none belongs to a node that is not there. *)
Fixpoint inits_fit (ini : list (list Q)) (ds : list nat) : bool :=
  match ini, ds with
  | [], _ => true
  | v :: ini', d :: ds' => (Nat.eqb (length v) 0 || Nat.eqb (length v) d) && inits_fit ini' ds'
  | _ :: _, [] => false
  end.
Definition remembered_fits (ini : list (list Q)) (ds : list nat) (k : nat) : bool :=
  match nth_error ini k, nth_error ds k with
  | Some v, Some d => Nat.eqb (length v) d | _, _ => false end.
(** The dimension of the output, if the program is well formed. *)
Definition out_dim (n : nat) (p : prog) : option nat :=
  do ds <- dims n (inits p) (nodes p) [];
  if inits_fit (inits p) ds && forallb (remembered_fits (inits p) ds) (remembered 0 (nodes p))
  then nth_error ds (out p) else None.
Definition wf (n : nat) (p : prog) : bool := match out_dim n p with Some _ => true | None => false end.

(** ** Proof *)
Section Proof.
Variable F : oring.
Local Notation vec := (list F).

Lemma bind_some {A B} (a : option A) (f : A -> option B) b :
  bind a f = Some b -> exists x, a = Some x /\ f x = Some b.
Proof. destruct a as [x|]; simpl; [eauto|discriminate]. Qed.
Lemma nth_error_at {A} (l : list A) i d : i < length l -> nth_error l i = Some (nth i l d).
Proof. revert i. induction l as [|a l IH]; intros [|i] H; simpl in *; try lia; auto. apply IH. lia. Qed.
Lemma nth_error_nth_some {A} (l : list A) i a d : nth_error l i = Some a -> nth i l d = a.
Proof. revert i. induction l as [|b l IH]; intros [|i] H; simpl in *; try discriminate; [congruence|auto]. Qed.

(** A node whose dimension is known exists and has it. *)
Lemma read (env : list vec) ds i d : map (@length F) env = ds -> nth_error ds i = Some d ->
  nth_error env i = Some (nth i env []) /\ length (nth i env []) = d.
Proof.
  intros <- H. rewrite nth_error_map in H. destruct (nth_error env i) as [v|] eqn:E; [|discriminate].
  rewrite (nth_error_nth_some _ _ _ [] E). simpl in H. split; congruence.
Qed.
Lemma dot_strict r (v : vec) d : below d r = true -> length v = d ->
  strict_dot F r v = Some (dot F r v).
Proof.
  intros B L. induction r as [|[i q] r IH]; [reflexivity|]. simpl in *.
  apply andb_true_iff in B as [B1 B2]. apply Nat.ltb_lt in B1.
  rewrite (nth_error_at v i (k0 F)) by lia. simpl. rewrite (IH B2). reflexivity.
Qed.
Lemma mapM_ok {A B} (f : A -> option B) (g : A -> B) l :
  (forall a, In a l -> f a = Some (g a)) -> mapM f l = Some (map g l).
Proof.
  induction l as [|a l IH]; intro H; simpl; [reflexivity|].
  rewrite (H a (or_introl eq_refl)), IH by (intros; apply H; now right). reflexivity.
Qed.
Lemma concat_read (env : list vec) ds l : map (@length F) env = ds ->
  forall es, mapM (nth_error ds) l = Some es ->
  mapM (nth_error env) l = Some (map (fun i => nth i env []) l)
  /\ length (concat (map (fun i => nth i env []) l)) = list_sum es.
Proof.
  intros E. induction l as [|i l IH]; intros es H; simpl in *.
  - injection H as <-. auto.
  - apply bind_some in H as (d & D & H). apply bind_some in H as (t & T & H). injection H as <-.
    destruct (read _ _ _ _ E D) as [R1 R2]. destruct (IH _ T) as [I1 I2].
    rewrite R1, I1. simpl. rewrite app_length, I2, R2. auto.
Qed.
Lemma map2_length (f : F -> F -> F) l : forall m, length (map2 f l m) = Nat.min (length l) (length m).
Proof. induction l as [|a l IH]; intros [|b m]; simpl; auto. Qed.
Lemma multv_length (v : vec) : Nat.even (length v) = true -> length (multv F v) = Nat.div2 (length v).
Proof.
  intro E. unfold multv. rewrite map2_length, firstn_length, skipn_length.
  apply Nat.even_spec in E as [h E]. rewrite E, Nat.div2_double. lia.
Qed.

(** What [prev] must be: the remembered values exist and have the dimension of the initial ones. *)
Definition prev_fits (ini : list (list Q)) (ks : list nat) (prev : list vec) : Prop :=
  forall k, In k ks -> nth_error prev k = Some (nth k prev [])
                       /\ length (nth k prev []) = length (nth k ini []).

Lemma op_strict n ini ks o x prev env ds d :
  op_dim n ini ds o = Some d -> length x = n -> map (@length F) env = ds -> prev_fits ini ks prev ->
  incl (remembers (length env) o) ks ->
  strict_op F o x prev env = Some (eval_op F o x prev env) /\ length (eval_op F o x prev env) = d.
Proof.
  intros H X E P I. destruct o as [|rows i|i|rows i|k|l|i]; simpl in H |- *.
  - injection H as <-. auto.
  - apply bind_some in H as (e & D & H). destruct (read _ _ _ _ E D) as [R1 R2]. rewrite R1. simpl.
    destruct (forallb _ rows) eqn:B; [|discriminate]. injection H as <-.
    unfold linv. rewrite map_length. split; [|reflexivity]. apply mapM_ok. intros rb M.
    rewrite forallb_forall in B. rewrite (dot_strict _ _ e) by auto. reflexivity.
  - destruct (read _ _ _ _ E H) as [R1 R2]. rewrite R1, map_length. auto.
  - apply bind_some in H as (e & D & H). destruct (read _ _ _ _ E D) as [R1 R2].
    destruct (P (length env)) as [P1 P2]; [apply I; now left|]. rewrite P1, R1. simpl.
    rewrite <- E, map_length in H.
    destruct (Nat.eqb_spec (length (nth (length env) ini [])) (length rows)) as [L|]; [|discriminate].
    simpl in H. destruct (forallb _ rows) eqn:B; [|discriminate]. injection H as <-.
    unfold statev. rewrite map_length. split; [|reflexivity]. apply mapM_ok. intros r M.
    rewrite forallb_forall in B. specialize (B r M). apply andb_true_iff in B as [B1 B2].
    rewrite (dot_strict _ _ (length rows)), (dot_strict _ _ e) by (auto; congruence). reflexivity.
  - injection H as <-. apply P, I. now left.
  - apply bind_some in H as (es & D & H). injection H as <-.
    destruct (concat_read env ds l E es D) as [C1 C2]. rewrite C1. auto.
  - apply bind_some in H as (e & D & H). destruct (read _ _ _ _ E D) as [R1 R2]. rewrite R1. simpl.
    rewrite R2. destruct (Nat.even e) eqn:V; [|discriminate]. injection H as <-.
    rewrite multv_length, R2; [auto|]. rewrite R2. exact V.
Qed.
Lemma exec_strict n ini ks x prev ops : length x = n -> prev_fits ini ks prev ->
  forall env ds e, dims n ini ops ds = Some e -> map (@length F) env = ds ->
  incl (remembered (length env) ops) ks ->
  strict_exec F ops x prev env = Some (exec F ops x prev env)
  /\ map (@length F) (exec F ops x prev env) = e.
Proof.
  intros X P. induction ops as [|o r IH]; intros env ds e H E I; simpl in *.
  - injection H as <-. auto.
  - apply bind_some in H as (d & D & H). apply incl_app_inv in I as [I1 I2].
    destruct (op_strict n ini ks o x prev env ds d) as [S1 S2]; auto. rewrite S1. simpl.
    apply (IH _ _ _ H); [rewrite map_app, E; simpl; now rewrite S2|].
    rewrite app_length. simpl. rewrite Nat.add_1_r. exact I2.
Qed.

(** What a well-formed program remembers exists, at the start and after every step. *)
Definition fits (p : prog) : list vec -> Prop := prev_fits (inits p) (remembered 0 (nodes p)).

Lemma wf_dims n p : wf n p = true -> exists ds d, dims n (inits p) (nodes p) [] = Some ds /\
  nth_error ds (out p) = Some d /\
  forall k, In k (remembered 0 (nodes p)) -> remembered_fits (inits p) ds k = true.
Proof.
  unfold wf, out_dim. intro W. destruct (bind _ _) as [d|] eqn:B; [|discriminate].
  apply bind_some in B as (ds & D & B). destruct (inits_fit _ _ && _) eqn:T; [|discriminate].
  apply andb_true_iff in T as [_ T]. rewrite forallb_forall in T. eauto 6.
Qed.
Lemma wf_init n p : wf n p = true -> fits p (init F p).
Proof.
  intros W k K. destruct (wf_dims n p W) as (ds & d & _ & _ & T). specialize (T k K).
  unfold remembered_fits in T. destruct (nth_error (inits p) k) as [v|] eqn:E; [|discriminate].
  unfold init. rewrite nth_error_map, E. change (@nil F) with (map (inj F) []).
  rewrite map_nth, map_length, (nth_error_nth_some _ _ _ [] E). auto.
Qed.
Lemma wf_step n p x prev : wf n p = true -> length x = n -> fits p prev ->
  let e := exec F (nodes p) x prev [] in
  strict_exec F (nodes p) x prev [] = Some e /\ nth_error e (out p) = Some (nth (out p) e []) /\ fits p e.
Proof.
  intros W L P e. destruct (wf_dims n p W) as (ds & d & D & O & T).
  destruct (exec_strict n (inits p) _ x prev (nodes p) L P [] [] ds D eq_refl (incl_refl _))
    as [S1 S2]. fold e in S1, S2.
  split; [exact S1|]. split; [apply (read _ _ _ _ S2 O)|].
  intros k K. specialize (T k K). unfold remembered_fits in T.
  destruct (nth_error (inits p) k) as [v|] eqn:E; [|discriminate].
  destruct (nth_error ds k) as [dk|] eqn:Ed; [|discriminate]. apply Nat.eqb_eq in T.
  destruct (read _ _ _ _ S2 Ed) as [R1 R2].
  rewrite (nth_error_nth_some _ _ _ [] E). split; [exact R1|congruence].
Qed.

Theorem wf_strict n p : wf n p = true ->
  forall xs : list vec, Forall (fun x => length x = n) xs -> strict F p xs = Some (sem F p xs).
Proof.
  intros W xs X. unfold strict, sem. pose proof (wf_init n p W) as P. revert P.
  generalize (init F p). induction X as [|x xs L X IH]; intros prev P; [reflexivity|]. simpl.
  destruct (wf_step n p x prev W L P) as (S & O & P'). rewrite S. simpl.
  replace (forallb _ _) with true.
  - rewrite O. simpl. rewrite (IH _ P'). reflexivity.
  - symmetry. apply forallb_forall. intros k K. destruct (P k K) as [A1 A2], (P' k K) as [B1 B2].
    rewrite A1, B1. simpl. apply Nat.eqb_eq. congruence.
Qed.
End Proof.
