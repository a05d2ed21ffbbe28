// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IEscrow} from "../../contracts/interfaces/IEscrow.sol";
import {IEscrowErrors} from "../../contracts/interfaces/IEscrowErrors.sol";
import {NamelessConsent} from "../../contracts/mocks/faulty/Signed.sol";
import {Wallet} from "../../contracts/mocks/parties/Wallet.sol";
import {Act, Action} from "../../contracts/types/Act.sol";
import {DealState} from "../../contracts/types/DealState.sol";
import {Offer, Terms} from "../../contracts/types/Terms.sol";
import {Digests} from "../support/Digests.sol";
import {vm} from "../support/Vm.sol";
import {FindingBase} from "./FindingBase.sol";

/// @notice Finding 21: a person owns two wallets, and what one signed by ERC-1271 counts for the other as well.
contract Finding21_ReplayBetweenAccounts is FindingBase {
    Wallet private first;
    Wallet private second;

    function setUp() public override {
        super.setUp();
        first = new Wallet(stranger);
        second = new Wallet(stranger);
    }

    /// @dev The wallets are the two sides of a deal: both may dispute, and only the one that signed does.
    function test_EscrowKnowsWhichAccountActs() public {
        Terms memory terms = _dealBetweenTheWallets();
        Act memory what = _actOf(address(first), Action.Dispute);
        bytes memory signature = _signAct(STRANGER_KEY, terms, what);
        what.signer = address(second);
        bytes memory refusal = abi.encodeWithSelector(IEscrowErrors.WrongSignature.selector, address(second));
        vm.assertEq(_attack(address(escrow), abi.encodeCall(IEscrow.act, (terms, what, signature))), refusal, "refused");
        what.signer = address(first);
        vm.assertEq(_attack(address(escrow), abi.encodeCall(IEscrow.act, (terms, what, signature))), "", "its own");
        _assertState(terms, DealState.Disputed);
    }

    function test_EscrowKnowsWhoseOfferItIs() public {
        Terms memory terms = _terms(ETH);
        terms.seller = address(first);
        Offer memory offer = _offerOf(terms);
        bytes memory signature = _sign(STRANGER_KEY, Digests.offer(address(escrow), offer));
        offer.terms.seller = address(second);
        bytes memory refusal = abi.encodeWithSelector(IEscrowErrors.WrongSignature.selector, address(second));
        vm.assertEq(_attack(address(escrow), abi.encodeCall(IEscrow.open, (offer, 0, signature))), refusal, "refused");
    }

    function test_EscrowKnowsWhoseOffersAreVoided() public {
        uint40 expiry = uint40(block.timestamp);
        bytes32 digest = Digests.voiding(address(escrow), address(first), 0, type(uint128).max, expiry);
        bytes memory signature = _sign(STRANGER_KEY, digest);
        bytes memory call = abi.encodeCall(IEscrow.cancelFor, (address(second), type(uint128).max, expiry, signature));
        bytes memory refusal = abi.encodeWithSelector(IEscrowErrors.WrongSignature.selector, address(second));
        vm.assertEq(_attack(address(escrow), call), refusal, "refused");
    }

    function test_EscrowKnowsWhoseCreditIsWithdrawn() public {
        uint40 expiry = uint40(block.timestamp);
        bytes32 digest = Digests.withdrawal(address(escrow), address(first), ETH, buyer, 0, 0, expiry);
        bytes memory signature = _sign(STRANGER_KEY, digest);
        bytes memory call = abi.encodeCall(IEscrow.withdrawFor, (address(second), ETH, buyer, 0, expiry, signature));
        bytes memory refusal = abi.encodeWithSelector(IEscrowErrors.WrongSignature.selector, address(second));
        vm.assertEq(_attack(address(escrow), call), refusal, "refused");
    }

    function test_FaultyEscrowTakesOneSignatureForBoth() public {
        NamelessConsent faulty = new NamelessConsent();
        bytes32 id = keccak256("deal");
        bytes memory signature = _sign(STRANGER_KEY, keccak256(abi.encode(address(faulty), id, "release")));
        bytes memory call = abi.encodeCall(faulty.agree, (address(second), id, signature));
        vm.assertEq(_attack(address(faulty), call), "", "taken");
        vm.assertTrue(faulty.agreed(address(second)), "for a wallet that signed nothing");
    }

    function _attack(address target, bytes memory call) private returns (bytes memory refusal) {
        (, refusal) = _tryWith(0, RELAYER, target, call);
    }

    function _dealBetweenTheWallets() private returns (Terms memory terms) {
        terms = _terms(ETH);
        terms.seller = address(first);
        Offer memory offer = _offerOf(terms);
        bytes memory signature = _sign(STRANGER_KEY, Digests.offer(address(escrow), offer));
        second.act{value: ETH_PRICE}(address(escrow), abi.encodeCall(IEscrow.open, (offer, 0, signature)));
    }
}
