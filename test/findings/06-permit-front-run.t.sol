// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IEscrow} from "../../contracts/interfaces/IEscrow.sol";
import {StrictPermitEscrow} from "../../contracts/mocks/faulty/Deposits.sol";
import {DealState} from "../../contracts/types/DealState.sol";
import {Permit} from "../../contracts/types/Payment.sol";
import {Offer, Terms} from "../../contracts/types/Terms.sol";
import {Digests} from "../support/Digests.sol";
import {vm} from "../support/Vm.sol";
import {FindingBase} from "./FindingBase.sol";

/// @notice Finding 6: somebody sees a permit in the mempool and uses it first, so that the buyer's transaction fails.
contract Finding06_PermitFrontRun is FindingBase {
    function test_EscrowOpensAllTheSame() public {
        Terms memory terms = _terms(address(usd));
        Offer memory offer = _offerOf(terms);
        Permit memory permit = _usedUpBefore(address(escrow));
        bytes memory call = abi.encodeCall(IEscrow.openWithPermit, (offer, 0, _signOffer(offer), permit));
        vm.assertTrue(_try(buyer, address(escrow), call), "opened");
        _assertState(terms, DealState.Funded);
        vm.assertEq(usd.allowance(buyer, address(escrow)), 0, "no allowance is left over");
    }

    /// @dev The allowance is what counts, so a permit that is no good opens nothing.
    function test_EscrowOpensNothingWithoutAllowance() public {
        Offer memory offer = _offerOf(_terms(address(usd)));
        Permit memory permit = _signPermit(address(escrow));
        permit.s = bytes32(uint256(permit.s) ^ 1);
        bytes memory call = abi.encodeCall(IEscrow.openWithPermit, (offer, 0, _signOffer(offer), permit));
        vm.assertTrue(!_try(buyer, address(escrow), call), "refused");
    }

    function test_FaultyEscrowFails() public {
        StrictPermitEscrow faulty = new StrictPermitEscrow();
        uint256 snapshot = vm.snapshotState();
        vm.assertTrue(_deposits(faulty, _signPermit(address(faulty))), "works undisturbed");
        vm.revertToState(snapshot);
        vm.assertTrue(!_deposits(faulty, _usedUpBefore(address(faulty))), "and not when the permit is gone");
    }

    function _deposits(StrictPermitEscrow faulty, Permit memory p) private returns (bool) {
        bytes memory call =
            abi.encodeCall(StrictPermitEscrow.deposit, (address(usd), PRICE, p.deadline, p.v, p.r, p.s));
        return _try(buyer, address(faulty), call);
    }

    /// @dev The attack: the stranger submits the buyer's permit.
    function _usedUpBefore(address spender) private returns (Permit memory p) {
        p = _signPermit(spender);
        vm.prank(stranger);
        usd.permit(buyer, spender, PRICE, p.deadline, p.v, p.r, p.s);
    }

    function _signPermit(address spender) private view returns (Permit memory) {
        uint256 deadline = block.timestamp + 1 hours;
        bytes32 digest =
            Digests.permit(usd.DOMAIN_SEPARATOR(), buyer, spender, PRICE, usd.nonces(buyer), deadline);
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(BUYER_KEY, digest);
        return Permit(deadline, v, r, s);
    }
}
