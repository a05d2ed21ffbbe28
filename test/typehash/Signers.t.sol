// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IEscrow} from "../../contracts/interfaces/IEscrow.sol";
import {IEscrowErrors} from "../../contracts/interfaces/IEscrowErrors.sol";
import {PlainDelegate, Puppet, RefusingParty} from "../../contracts/mocks/parties/Receivers.sol";
import {Act, Action} from "../../contracts/types/Act.sol";
import {DealState} from "../../contracts/types/DealState.sol";
import {Offer, Terms} from "../../contracts/types/Terms.sol";
import {ActBase} from "../support/ActBase.sol";
import {Digests} from "../support/Digests.sol";
import {vm} from "../support/Vm.sol";

/// @notice Who signs may be a key, a contract by ERC-1271, or a key whose account delegates to code by EIP-7702.
contract Signers is ActBase {
    function test_WhenSellerIsAContractWallet() public {
        Puppet wallet = new RefusingParty(stranger);
        Terms memory terms = _terms(ETH);
        terms.seller = address(wallet);
        _opens(terms, STRANGER_KEY);
        wallet.act(address(escrow), abi.encodeCall(IEscrow.ship, (terms, TRACKING)));
        _assertState(terms, DealState.Shipped);
    }

    function test_RevertWhen_AnotherSignsForTheContractWallet() public {
        Terms memory terms = _terms(ETH);
        terms.seller = address(new Puppet(stranger));
        _refuses(terms, SELLER_KEY);
    }

    function test_RevertWhen_TheWalletHasNoErc1271() public {
        Terms memory terms = _terms(ETH);
        terms.seller = address(new PlainDelegate());
        _refuses(terms, SELLER_KEY);
    }

    /// @dev As EIP-7702 leaves it: the account has code, which knows nothing of signatures, and still has its key.
    function test_WhenSellerDelegatesToCodeWithoutErc1271() public {
        vm.etch(seller, address(new PlainDelegate()).code);
        _opens(_terms(ETH), SELLER_KEY);
    }

    /// @dev The account's own key and the key that its code accepts are both good.
    function test_WhenSellerDelegatesToCodeWithErc1271() public {
        vm.etch(seller, address(new Puppet(stranger)).code);
        uint256 snapshot = vm.snapshotState();
        _opens(_terms(ETH), SELLER_KEY);
        vm.revertToState(snapshot);
        _opens(_terms(ETH), STRANGER_KEY);
    }

    /// @dev Actions by signature ask the same question: a buyer that delegated its account still acts by its key.
    function test_WhenDelegatedBuyerActsBySignature() public {
        Terms memory terms = _funded(ETH);
        vm.etch(buyer, address(new PlainDelegate()).code);
        _submit(terms, _actOf(buyer, Action.Release));
        _assertState(terms, DealState.Completed);
    }

    function test_WhenDelegatedBuyerActsByWhatItsCodeAccepts() public {
        Terms memory terms = _funded(ETH);
        vm.etch(buyer, address(new Puppet(stranger)).code);
        Act memory what = _actOf(buyer, Action.Release);
        bytes memory signature = _signAct(STRANGER_KEY, terms, what);
        _refusesSignature(
            terms,
            what,
            _signAct(ARBITER_KEY, terms, what),
            abi.encodeWithSelector(IEscrowErrors.WrongSignature.selector, buyer)
        );
        vm.prank(RELAYER);
        escrow.act(terms, what, signature);
        _assertState(terms, DealState.Completed);
    }

    function test_WhenArbiterIsAContractWallet() public {
        Terms memory terms = _terms(ETH);
        terms.arbiter = address(new Puppet(arbiter));
        _opens(terms, SELLER_KEY);
        vm.prank(buyer);
        escrow.dispute(terms, STATEMENT);
        bytes memory signature =
            _sign(ARBITER_KEY, Digests.ruling(address(escrow), _idOf(terms), 10_000, REASON));
        Holdings memory before = _holdings(ETH);
        vm.prank(stranger);
        escrow.rule(terms, 10_000, REASON, signature);
        _assertGains(ETH, before, 0.95 ether, 0, 0, 0);
        _collect(terms);
        vm.assertEq(escrow.creditOf(ETH, terms.arbiter), 0.05 ether, "a wallet that takes no coin is credited");
    }

    function test_WhenBothPartiesAreContractWalletsAndSettle() public {
        Puppet buying = new RefusingParty(buyer);
        Terms memory terms = _terms(ETH);
        terms.seller = address(new Puppet(seller));
        Offer memory offer = _offerOf(terms);
        bytes memory signature = _sign(SELLER_KEY, Digests.offer(address(escrow), offer));
        vm.deal(address(this), 1 ether);
        buying.act{value: 1 ether}(address(escrow), abi.encodeCall(IEscrow.open, (offer, 0, signature)));
        uint40 expiry = uint40(block.timestamp);
        bytes32 digest = Digests.settlement(address(escrow), _idOf(terms), 0.5 ether, 1 ether, expiry);
        escrow.settle(
            terms, 0.5 ether, 1 ether, expiry, _sign(BUYER_KEY, digest), _sign(SELLER_KEY, digest)
        );
        _assertState(terms, DealState.Settled);
        vm.assertEq(escrow.creditOf(ETH, address(buying)), 0.5 ether, "buyer's half");
    }

    /// @dev One owner of two wallets signs for one: the other's offer, which has another seller, stays unsigned.
    function test_RevertWhen_ASignatureForOneWalletIsPlayedAgainstAnother() public {
        Terms memory signed = _terms(ETH);
        signed.seller = address(new Puppet(stranger));
        Terms memory other = _terms(ETH);
        other.seller = address(new Puppet(stranger));
        bytes memory signature = _sign(STRANGER_KEY, Digests.offer(address(escrow), _offerOf(signed)));
        Offer memory offer = _offerOf(other);
        vm.expectRevert(abi.encodeWithSelector(IEscrowErrors.WrongSignature.selector, other.seller));
        vm.prank(buyer);
        escrow.open{value: 1 ether}(offer, 0, signature);
    }

    function _opens(Terms memory terms, uint256 key) private {
        Offer memory offer = _offerOf(terms);
        bytes memory signature = _sign(key, Digests.offer(address(escrow), offer));
        vm.prank(buyer);
        escrow.open{value: 1 ether}(offer, 0, signature);
        _assertState(terms, DealState.Funded);
    }

    function _refuses(Terms memory terms, uint256 key) private {
        Offer memory offer = _offerOf(terms);
        bytes memory signature = _sign(key, Digests.offer(address(escrow), offer));
        vm.expectRevert(abi.encodeWithSelector(IEscrowErrors.WrongSignature.selector, terms.seller));
        vm.prank(buyer);
        escrow.open{value: 1 ether}(offer, 0, signature);
    }
}
