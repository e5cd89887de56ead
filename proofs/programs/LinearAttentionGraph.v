(** * Linear attention as an LSRL graph: equal to its formula for all dimensions, weights and sequences

    The same construction as LinearAttention.v, but as a [prog] of Language.v (what the compiler reads),
    for any ordered ring F of that file. Nine nodes: input; v and k repeated; Multi; LinState A = I;
    q repeated; LinState A = 0 (holds q); Concat; Multi; the sum over j.
    [sem F (attention_graph Wv Wk Wq) xs = attention Wv Wk Wq [] xs], where attention at time t is
    sum_{s <= t} value_i(x_s) * (sum_j key_j(x_s) * query_j(x_t)). No axioms. *)
From Coq Require Import List QArith Arith Lia Ring. Import ListNotations.
From LSRL Require Import Language.

(** the graph: dv, dk = numbers of rows *)
Definition row (W : list (srow * Q)) (i : nat) : srow * Q := nth i W ([], 0%Q).
Definition pairs dv dk := list_prod (seq 0 dv) (seq 0 dk).
Definition attention_graph (Wv Wk Wq : list (srow * Q)) : prog :=
  let dv := length Wv in let dk := length Wk in let n := (dv * dk)%nat in
  {| nodes :=
     [ (* 0 *) OInput;
       (* 1 *) OLin (map (fun p => row Wv (fst p)) (pairs dv dk) ++ map (fun p => row Wk (snd p)) (pairs dv dk)) 0;
       (* 2 *) OMulti 1;
       (* 3 *) OState (map (fun p => ([(p, 1%Q)], [(p, 1%Q)], 0%Q)) (seq 0 n)) 2;
       (* 4 *) OLin (map (fun p => row Wq (snd p)) (pairs dv dk)) 0;
       (* 5 *) OState (map (fun p => ([], [(p, 1%Q)], 0%Q)) (seq 0 n)) 4;
       (* 6 *) OConcat [3; 5]%nat;
       (* 7 *) OMulti 6;
       (* 8 *) OLin (map (fun i => (map (fun j => ((i * dk + j)%nat, 1%Q)) (seq 0 dk), 0%Q)) (seq 0 dv)) 7 ];
     inits := [ []; []; []; repeat 0%Q n; []; repeat 0%Q n ]; out := 8 |}.

Section Attention.
Variable F : oring.
Notation "0" := (k0 F). Notation "1" := (k1 F).
Infix "+" := (kadd F). Infix "*" := (kmul F).
Add Ring KRA : (k_ring F).
Local Notation vec := (list F).

Fixpoint lsum {A} (f : A -> F) (l : list A) : F := match l with [] => 0 | a :: r => f a + lsum f r end.
Definition project (W : list (srow * Q)) (x : vec) (i : nat) : F := dot F (fst (row W i)) x + inj F (snd (row W i)).
Lemma project_linv W x i : (i < length W)%nat -> nth i (linv F W x) 0 = project W x i.
Proof.
  intro H. unfold linv. rewrite (nth_indep _ _ ((fun rb => dot F (fst rb) x + inj F (snd rb)) ([], 0%Q))) by (rewrite map_length; exact H).
  exact (map_nth (fun rb => dot F (fst rb) x + inj F (snd rb)) W ([], 0%Q) i).
Qed.

(** the formula; [past] holds the inputs before the present one *)
Variables Wv Wk Wq : list (srow * Q).
Fixpoint attention (past : list vec) (xs : list vec) : list vec :=
  match xs with
  | [] => []
  | x :: r => map (fun i => lsum (fun s => project Wv s i * lsum (fun j => project Wk s j * project Wq x j) (seq 0 (length Wk)))
                                 (past ++ [x])) (seq 0 (length Wv)) :: attention (past ++ [x]) r
  end.

(** ** Sums *)
Lemma lsum_ext A (f g : A -> F) l : (forall a, f a = g a) -> lsum f l = lsum g l.
Proof. intro H. induction l; cbn; congruence. Qed.
Lemma lsum_app A (f : A -> F) l m : lsum f (l ++ m) = lsum f l + lsum f m.
Proof. induction l as [|a l IH]; cbn; [|rewrite IH]; ring. Qed.
Lemma lsum_add A (f g : A -> F) l : lsum (fun a => f a + g a) l = lsum f l + lsum g l.
Proof. induction l as [|a l IH]; cbn; [|rewrite IH]; ring. Qed.
Lemma lsum_scal A c (f : A -> F) l : lsum (fun a => c * f a) l = c * lsum f l.
Proof. induction l as [|a l IH]; cbn; [|rewrite IH]; ring. Qed.
Lemma lsum_zero A (l : list A) : lsum (fun _ => 0) l = 0.
Proof. induction l as [|a l IH]; cbn; [reflexivity|rewrite IH; ring]. Qed.
Lemma lsum_swap A B (f : A -> B -> F) l m : lsum (fun a => lsum (f a) m) l = lsum (fun b => lsum (fun a => f a b) l) m.
Proof. induction l as [|a l IH]; cbn; [now rewrite lsum_zero|]. rewrite IH, <- lsum_add. reflexivity. Qed.

(** ** Lists *)
Lemma nth_pairs B (b0 : nat) : forall A i j d, (i < length A)%nat -> (j < length B)%nat ->
  nth (i * length B + j) (list_prod A B) d = (nth i A b0, nth j B b0).
Proof.
  induction A as [|a A IH]; intros i j d HA HB; cbn [length list_prod] in *; [lia|].
  destruct i as [|i].
  - cbn [Nat.mul Nat.add nth]. rewrite app_nth1 by (rewrite map_length; exact HB).
    rewrite (nth_indep _ d (a, b0)) by (rewrite map_length; exact HB).
    exact (map_nth (fun y => (a, y)) B b0 j).
  - rewrite app_nth2 by (rewrite map_length; nia). rewrite map_length.
    replace (S i * length B + j - length B)%nat with (i * length B + j)%nat by nia. apply IH; lia.
Qed.
Lemma pairs_at dv dk i j d : (i < dv)%nat -> (j < dk)%nat -> nth (i * dk + j) (pairs dv dk) d = (i, j).
Proof.
  intros I J. unfold pairs. assert (H := nth_pairs (seq 0 dk) 0%nat (seq 0 dv) i j d). rewrite !seq_length in H.
  rewrite H, !seq_nth by assumption. reflexivity.
Qed.
Lemma pairs_length dv dk : length (pairs dv dk) = (dv * dk)%nat.
Proof. unfold pairs. now rewrite prod_length, !seq_length. Qed.
Lemma map_seq_nth A T (f : nat -> T) (g : A -> T) d l : (forall p, (p < length l)%nat -> f p = g (nth p l d)) ->
  map f (seq 0 (length l)) = map g l.
Proof.
  revert f. induction l as [|a l IH]; intros f H; [reflexivity|]. cbn [length seq map].
  rewrite (H 0%nat) by (cbn; lia). cbn [nth]. f_equal. rewrite <- seq_shift, map_map. apply IH.
  intros p Hp. apply (H (S p)). cbn. lia.
Qed.
Lemma nth_map_in A (g : A -> F) l p d : (p < length l)%nat -> nth p (map g l) 0 = g (nth p l d).
Proof. intro H. rewrite (nth_indep _ 0 (g d)) by (rewrite map_length; exact H). apply map_nth. Qed.

(** ** The nodes *)
Lemma multv_map A (a b : A -> F) l : multv F (map a l ++ map b l) = map (fun p => a p * b p) l.
Proof.
  unfold multv. rewrite app_length, !map_length.
  replace (length l + length l)%nat with (2 * length l)%nat by lia. rewrite Nat.div2_double.
  replace (length l) with (length (map a l) + 0)%nat at 1 by (rewrite map_length; lia).
  rewrite firstn_app_2, firstn_O, app_nil_r.
  assert (E : skipn (length l) (map a l ++ map b l) = map b l).
  { rewrite <- (map_length a l), skipn_app, skipn_all, Nat.sub_diag. reflexivity. }
  rewrite E. clear E. induction l as [|x l IH]; cbn; [reflexivity|]. now rewrite IH.
Qed.
Lemma state_add A (S : vec) (G g : A -> F) d l : (forall p, (p < length l)%nat -> nth p S 0 = G (nth p l d)) ->
  statev F (map (fun p => ([(p, 1%Q)], [(p, 1%Q)], 0%Q)) (seq 0 (length l))) S (map g l) = map (fun p => G p + g p) l.
Proof.
  intro H. unfold statev. rewrite map_map. apply (map_seq_nth A _ _ _ d). intros p Hp. cbn [fst snd dot].
  rewrite (H p Hp), (nth_map_in _ g l p d Hp), inj_1, inj_0. ring.
Qed.
Lemma state_hold A (S : vec) (g : A -> F) (d : A) l :
  statev F (map (fun p => ([], [(p, 1%Q)], 0%Q)) (seq 0 (length l))) S (map g l) = map g l.
Proof.
  unfold statev. rewrite map_map. apply (map_seq_nth A _ _ _ d). intros p Hp. cbn [fst snd dot].
  rewrite (nth_map_in _ g l p d Hp), inj_1, inj_0. ring.
Qed.
Lemma dot_ones (v : vec) (h : nat -> F) (ix : nat -> nat) l : (forall j, In j l -> nth (ix j) v 0 = h j) ->
  dot F (map (fun j => (ix j, 1%Q)) l) v = lsum h l.
Proof.
  induction l as [|j l IH]; intro H; cbn [map dot lsum]; [reflexivity|].
  rewrite (H j (or_introl eq_refl)), IH, inj_1; [ring|]. intros k K. apply H. now right.
Qed.
Lemma sum_rows dv dk (h : nat * nat -> F) :
  linv F (map (fun i => (map (fun j => ((i * dk + j)%nat, 1%Q)) (seq 0 dk), 0%Q)) (seq 0 dv)) (map h (pairs dv dk))
  = map (fun i => lsum (fun j => h (i, j)) (seq 0 dk)) (seq 0 dv).
Proof.
  unfold linv. rewrite map_map. apply map_ext_in. intros i Hi. apply in_seq in Hi. cbn [fst snd].
  rewrite (dot_ones _ (fun j => h (i, j)) (fun j => (i * dk + j)%nat)), inj_0.
  - ring.
  - intros j Hj. apply in_seq in Hj. rewrite (nth_map_in _ h _ _ (0%nat, 0%nat)) by (rewrite pairs_length; nia).
    rewrite pairs_at by lia. reflexivity.
Qed.
Lemma linv_rows W A (f : A -> nat) l x : linv F (map (fun p => row W (f p)) l) x = map (fun p => project W x (f p)) l.
Proof. unfold linv. rewrite map_map. reflexivity. Qed.

(** ** The theorem *)
Theorem attention_graph_correct xs : sem F (attention_graph Wv Wk Wq) xs = attention [] xs.
Proof.
  unfold sem. set (P := pairs (length Wv) (length Wk)).
  set (G := fun (past : list vec) (p : nat * nat) => lsum (fun s => project Wv s (fst p) * project Wk s (snd p)) past).
  assert (I0 : forall p, (p < length P)%nat -> nth p (nth 3 (init F (attention_graph Wv Wk Wq)) []) 0 = G [] (nth p P (0,0)%nat)).
  { intros p Hp. cbn [init inits attention_graph map nth]. unfold G. cbn [lsum].
    set (m := (_ * _)%nat). clearbody m. clear Hp. revert p.
    induction m as [|m IHm]; intros [|p]; cbn [repeat map nth]; auto using inj_0. }
  revert I0. generalize (init F (attention_graph Wv Wk Wq)) as prev. generalize (@nil vec) as past.
  induction xs as [|x xs IH]; intros past prev I0; [reflexivity|].
  cbn [run attention nodes attention_graph out exec eval_op app length nth map concat].
  fold P. replace (length Wv * length Wk)%nat with (length P) by apply pairs_length.
  rewrite app_nil_r.
  assert (E2 : multv F (linv F (map (fun p => row Wv (fst p)) P ++ map (fun p => row Wk (snd p)) P) x)
    = map (fun p => project Wv x (fst p) * project Wk x (snd p)) P).
  { unfold linv. rewrite map_app, !map_map. apply multv_map. }
  rewrite E2, linv_rows, (state_add _ _ (G past) _ (0,0)%nat), (state_hold _ _ _ (0,0)%nat), multv_map by exact I0.
  assert (EG : forall p, G past p + project Wv x (fst p) * project Wk x (snd p) = G (past ++ [x]) p).
  { intro p. unfold G. rewrite lsum_app. cbn [lsum]. ring. }
  f_equal.
  - unfold P. rewrite sum_rows. apply map_ext. intro i. cbn [fst snd].
    rewrite (lsum_ext _ _ (fun j => lsum (fun s => project Wv s i * (project Wk s j * project Wq x j)) (past ++ [x]))).
    + rewrite lsum_swap. apply lsum_ext. intro s. apply lsum_scal.
    + intro j. assert (E := EG (i, j)). cbn [fst snd] in E. rewrite E. unfold G. cbn [fst snd].
      rewrite (lsum_ext _ (fun s => project Wv s i * (project Wk s j * project Wq x j))
        (fun s => project Wq x j * (project Wv s i * project Wk s j))) by (intro; ring).
      rewrite lsum_scal. ring.
  - apply IH. intros p Hp. cbn [nth]. rewrite (nth_map_in _ _ _ _ (0,0)%nat Hp). apply EG.
Qed.
End Attention.
