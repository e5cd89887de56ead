(** * A program run over three kinds of numbers at once

    Three runs of one program: exactly, over R ([sem] of Language.v); in floats ([hsem]); and over a
    domain D of facts about a float and the exact value that it stands for. If each operation on D is
    right about each operation on numbers, so is every program, at every step, for every length
    ([simulation]). RunningBound.v takes error bounds for D, Grid.v takes grids of exact floats.

    The float run: + and * are [fadd] and [fmul], a weight q is the rational [wt q] (its float value).
    A row is one dot product: the accumulator starts at the bias, then multiply and add, in the order
    of the row; in a LinState first the A part, then the B part. A zero bias adds nothing; a product
    with 1 or -1 is not rounded. ReLU, Prev and Concat round nothing. *)
From Coq Require Import List Bool QArith Qreals Reals Lra Lia. Import ListNotations.
From LSRL Require Import Language Rings.
Local Open Scope R_scope.

(** ** Lists related pointwise, three at a time *)
Section Forall3.
Variables (A B C : Type) (P : A -> B -> C -> Prop).
Inductive Forall3 : list A -> list B -> list C -> Prop :=
| F3_nil : Forall3 [] [] []
| F3_cons a b c la lb lc : P a b c -> Forall3 la lb lc -> Forall3 (a::la) (b::lb) (c::lc).
Lemma F3_nth la lb lc a b c : Forall3 la lb lc -> P a b c -> forall k, P (nth k la a) (nth k lb b) (nth k lc c).
Proof. intros H D. induction H; intros [|k]; cbn; auto. Qed.
Lemma F3_app la lb lc la' lb' lc' : Forall3 la lb lc -> Forall3 la' lb' lc' -> Forall3 (la++la') (lb++lb') (lc++lc').
Proof. intros H D. induction H; cbn; auto. constructor; auto. Qed.
Lemma F3_firstn k k' k'' la lb lc : k = k' -> k = k'' -> Forall3 la lb lc ->
  Forall3 (firstn k la) (firstn k' lb) (firstn k'' lc).
Proof.
  intros <- <-. revert la lb lc. induction k; intros la lb lc H; destruct H; cbn; constructor; auto.
Qed.
Lemma F3_skipn k k' k'' la lb lc : k = k' -> k = k'' -> Forall3 la lb lc ->
  Forall3 (skipn k la) (skipn k' lb) (skipn k'' lc).
Proof.
  intros <- <-. revert la lb lc. induction k; intros la lb lc H; destruct H; cbn; auto; constructor; auto.
Qed.
Lemma F3_length la lb lc : Forall3 la lb lc -> length la = length lb /\ length la = length lc.
Proof. intro H. induction H; cbn; lia. Qed.
Lemma F3_of_map T (f : T -> A) (g : T -> B) (h : T -> C) l :
  (forall x, P (f x) (g x) (h x)) -> Forall3 (map f l) (map g l) (map h l).
Proof. intro H. induction l; cbn; constructor; auto. Qed.
End Forall3.

(** ** A program over any numbers *)
Section Eval.
Variable wt : Q -> Q.
Variables (T : Type) (zero : T) (add mul : T -> T -> T) (scale : Q -> T -> T) (const : Q -> T) (relu : T -> T).
Definition terms (r : srow) (v : list T) : list T := map (fun iq => scale (snd iq) (nth (fst iq) v zero)) r.
Definition gsum (b : Q) (ts : list T) : T :=
  match ts with
  | t :: ts' => if Qeq_bool b 0 && Qeq_bool (wt b) 0 then fold_left add ts' t else fold_left add ts (const b)
  | [] => const b
  end.
Definition geval (o : op) (x : list T) (prev env : list (list T)) : list T :=
  match o with
  | OInput => x
  | OLin rows i => map (fun r => gsum (snd r) (terms (fst r) (nth i env []))) rows
  | ORelu i => map relu (nth i env [])
  | OState rows i => map (fun r => gsum (snd r) (terms (fst (fst r)) (nth (length env) prev [])
                                                    ++ terms (snd (fst r)) (nth i env []))) rows
  | OPrev k => nth k prev []
  | OConcat l => concat (map (fun i => nth i env []) l)
  | OMulti i => let v := nth i env [] in let h := Nat.div2 (length v) in map2 mul (firstn h v) (skipn h v)
  end.
Variable after : nat -> list T -> list T.      (* what is done to the value of a node: nothing, or [tighten] *)
Fixpoint gexec (ops : list op) (x : list T) (prev env : list (list T)) : list (list T) :=
  match ops with
  | [] => env
  | o :: r => gexec r x prev (env ++ [after (length env) (geval o x prev env)])
  end.
Fixpoint grun (p : prog) (prev : list (list T)) (xs : list (list T)) : list (list T) :=
  match xs with
  | [] => []
  | x :: r => let e := gexec (nodes p) x prev [] in nth (out p) e [] :: grun p e r
  end.
End Eval.

Section Simulation.
Variables (fadd fmul : R -> R -> R) (wt : Q -> Q).

(** ** The float run *)
Definition hscale (q : Q) (h : R) : R :=
  if Qeq_bool (wt q) 1 then h else if Qeq_bool (wt q) (-1) then - h else fmul (Q2R (wt q)) h.
Definition hconst (q : Q) : R := Q2R (wt q).
Definition hrelu (h : R) : R := Rmax h 0.
Definition hsem (p : prog) (xs : list (list R)) : list (list R) :=
  grun wt R 0 fadd fmul hscale hconst hrelu (fun _ v => v) p (map (map hconst) (inits p)) xs.


(** ** The run over D *)
Variables (D : Type) (dzero : D) (dadd dmul : D -> D -> D) (dscale : Q -> D -> D) (dconst : Q -> D).
Variables (drelu : D -> D) (after : nat -> list D -> list D).
Definition dsem (p : prog) (bs : list (list D)) : list (list D) :=
  grun wt D dzero dadd dmul dscale dconst drelu after p (map (map dconst) (inits p)) bs.

(** [ok d h x]: the fact d is true of the float h and the exact value x. [fits k xs]: what is known
    beforehand of the exact values of node k, and [after] may use. *)
Variables (ok : D -> R -> R -> Prop) (fits : nat -> list R -> Prop).
Notation okv := (Forall3 _ _ _ ok).
Notation okvs := (Forall3 _ _ _ okv).
Hypothesis ok_zero : ok dzero 0 0.
Hypothesis ok_const : forall q, ok (dconst q) (hconst q) (Q2R q).
Hypothesis ok_add : forall a b h k x y, ok a h x -> ok b k y -> ok (dadd a b) (fadd h k) (x + y).
Hypothesis ok_mul : forall a b h k x y, ok a h x -> ok b k y -> ok (dmul a b) (fmul h k) (x * y).
Hypothesis ok_scale : forall q b h x, ok b h x -> ok (dscale q b) (hscale q h) (Q2R q * x).
Hypothesis ok_relu : forall b h x, ok b h x -> ok (drelu b) (hrelu h) (Rmax x 0).
Hypothesis ok_after : forall k bs hs xs, okv bs hs xs -> fits k xs -> okv (after k bs) hs xs.
Fixpoint all_fit (p : prog) (prev xs : list (list R)) : Prop :=
  match xs with
  | [] => True
  | x :: r => let e := exec R_oring (nodes p) x prev [] in
              (forall k, fits k (nth k e [])) /\ all_fit p e r
  end.

(** the exact sum of a list of terms *)
Definition xsum (ts : list R) : R := fold_right Rplus 0 ts.
Definition xterms (r : srow) (xs : list R) : list R := map (fun iq => Q2R (snd iq) * nth (fst iq) xs 0) r.
Lemma dot_xsum r xs : dot R_oring r xs = xsum (xterms r xs).
Proof. induction r as [|[i q] r IH]; [reflexivity|]. cbn [dot xterms map xsum fold_right fst snd]. rewrite IH. reflexivity. Qed.
Lemma xsum_app a b : xsum (a ++ b) = xsum a + xsum b.
Proof. unfold xsum. induction a as [|x a IH]; cbn [app fold_right]; [ring|]. rewrite IH. ring. Qed.
Lemma ok_terms r bs hs xs : okv bs hs xs ->
  okv (terms D dzero dscale r bs) (terms R 0 hscale r hs) (xterms r xs).
Proof.
  intro V. apply F3_of_map. intros [i q]. cbn [fst snd]. apply ok_scale, (F3_nth _ _ _ ok); [exact V|apply ok_zero].
Qed.
Lemma ok_fold bs hs xs : okv bs hs xs -> forall acc hacc xacc, ok acc hacc xacc ->
  ok (fold_left dadd bs acc) (fold_left fadd hs hacc) (xacc + xsum xs).
Proof.
  intro V. induction V as [|b h x bs hs xs O V IH]; intros acc hacc xacc A; cbn [fold_left xsum fold_right].
  - rewrite Rplus_0_r. exact A.
  - rewrite <- Rplus_assoc. apply IH, ok_add; assumption.
Qed.
Lemma ok_gsum b bs hs xs : okv bs hs xs ->
  ok (gsum wt D dadd dconst b bs) (gsum wt R fadd hconst b hs) (Q2R b + xsum xs).
Proof.
  intro V. destruct V as [|b' h x bs hs xs O V]; cbn [gsum].
  - cbn. rewrite Rplus_0_r. apply ok_const.
  - destruct (Qeq_bool b 0 && Qeq_bool (wt b) 0) eqn:E.
    + apply andb_prop in E as [E _]. apply Qeq_bool_eq, Qeq_eqR in E. rewrite E, RMicromega.Q2R_0, Rplus_0_l.
      cbn [xsum fold_right]. apply ok_fold; assumption.
    + apply ok_fold; [constructor; assumption|apply ok_const].
Qed.
Lemma ok_map2 bs : forall hs xs bs' hs' xs', okv bs hs xs -> okv bs' hs' xs' ->
  okv (map2 dmul bs bs') (map2 fmul hs hs') (map2 Rmult xs xs').
Proof.
  induction bs as [|b bs IH]; intros hs xs bs' hs' xs' H K; inversion H; subst; inversion K; subst; cbn;
    constructor; auto.
Qed.
Lemma ok_map_relu bs hs xs : okv bs hs xs ->
  okv (map drelu bs) (map hrelu hs) (map (fun x => Rmax x 0) xs).
Proof. intro H. induction H; cbn; constructor; auto. Qed.
Lemma ok_eval o bx hx x bp hp xp be he xe : okv bx hx x -> okvs bp hp xp -> okvs be he xe ->
  okv (geval wt D dzero dadd dmul dscale dconst drelu o bx bp be)
      (geval wt R 0 fadd fmul hscale hconst hrelu o hx hp he) (eval_op R_oring o x xp xe).
Proof.
  intros X P E.
  assert (NE : forall i, okv (nth i be []) (nth i he []) (nth i xe [])) by (intro; apply (F3_nth _ _ _ okv); [exact E|constructor]).
  assert (NP : forall i, okv (nth i bp []) (nth i hp []) (nth i xp [])) by (intro; apply (F3_nth _ _ _ okv); [exact P|constructor]).
  destruct (F3_length _ _ _ _ _ _ _ E) as [L1 L2].
  destruct o as [|rows i|i|rows i|k|l|i]; cbn [geval eval_op]; auto.
  - apply F3_of_map. intros [r b]. cbn [fst snd]. change (kadd R_oring) with Rplus. rewrite Rplus_comm.
    rewrite dot_xsum. apply ok_gsum, ok_terms, NE.
  - apply ok_map_relu, NE.
  - assert (NS : okv (nth (length be) bp []) (nth (length he) hp []) (nth (length xe) xp [])).
    { rewrite <- L1, <- L2. apply NP. }
    apply F3_of_map. intros [[ra rb] b]. cbn [fst snd]. change (kadd R_oring) with Rplus.
    change (inj R_oring) with Q2R.
    rewrite (Rplus_comm _ (Q2R b)), !dot_xsum. change (kadd R_oring) with Rplus. rewrite <- xsum_app.
    apply ok_gsum, F3_app; apply ok_terms; [exact NS|apply NE].
  - induction l as [|i l IH]; cbn; [constructor|]. apply F3_app; auto.
  - specialize (NE i). destruct (F3_length _ _ _ _ _ _ _ NE) as [M1 M2]. unfold multv.
    apply ok_map2; [apply F3_firstn|apply F3_skipn]; try exact NE; apply (f_equal Nat.div2); assumption.
Qed.
Lemma exec_prefix ops : forall x prev env, exists tl, exec R_oring ops x prev env = env ++ tl.
Proof.
  induction ops as [|o ops IH]; intros x prev env; [exists []; cbn; now rewrite app_nil_r|].
  cbn [exec]. destruct (IH x prev (env ++ [eval_op R_oring o x prev env])) as [tl H]. rewrite H, <- app_assoc. eauto.
Qed.
Lemma ok_exec ops : forall bx hx x bp hp xp be he xe, okv bx hx x -> okvs bp hp xp -> okvs be he xe ->
  (forall k, fits k (nth k (exec R_oring ops x xp xe) [])) ->
  okvs (gexec wt D dzero dadd dmul dscale dconst drelu after ops bx bp be)
       (gexec wt R 0 fadd fmul hscale hconst hrelu (fun _ v => v) ops hx hp he) (exec R_oring ops x xp xe).
Proof.
  induction ops as [|o ops IH]; intros bx hx x bp hp xp be he xe X P E I; [exact E|].
  cbn [gexec exec] in *. apply IH; auto. apply F3_app; [exact E|]. constructor; [|constructor].
  apply ok_after; [apply ok_eval; auto|].
  specialize (I (length xe)).
  match type of I with context [exec R_oring ops x xp ?e] => destruct (exec_prefix ops x xp e) as [tl H] end.
  rewrite H, <- app_assoc, app_nth2, Nat.sub_diag in I by (cbn; lia). cbn [nth app] in I.
  destruct (F3_length _ _ _ _ _ _ _ E) as [L1 L2]. rewrite L2. exact I.
Qed.

(** ** The theorem *)
Theorem simulation p bs hs xs : okvs bs hs xs -> all_fit p (init R_oring p) xs ->
  okvs (dsem p bs) (hsem p hs) (sem R_oring p xs).
Proof.
  unfold dsem, hsem, sem. intro H.
  assert (I0 : okvs (map (map dconst) (inits p)) (map (map hconst) (inits p)) (init R_oring p)).
  { unfold init. apply F3_of_map. intro l. apply F3_of_map. apply ok_const. }
  revert I0. generalize (map (map dconst) (inits p)) (map (map hconst) (inits p)) (init R_oring p).
  induction H as [|b h x bs hs xs O H IH]; intros B0 H0 X0 I0 IR; cbn [grun run]; [constructor|].
  destruct IR as [IR1 IR2].
  assert (K := ok_exec (nodes p) b h x B0 H0 X0 [] [] [] O I0 ltac:(constructor) IR1).
  constructor; [|apply IH; assumption].
  apply (F3_nth _ _ _ okv); [exact K|constructor].
Qed.
End Simulation.
