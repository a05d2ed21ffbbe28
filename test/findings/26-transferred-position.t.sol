// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IEscrow} from "../../contracts/interfaces/IEscrow.sol";
import {TransferableDeal} from "../../contracts/mocks/faulty/Settings.sol";
import {Terms} from "../../contracts/types/Terms.sol";
import {vm} from "../support/Vm.sol";
import {AdminProbe} from "./AdminProbe.sol";

/// @notice Finding 26: a party's place in a deal is handed to somebody who could not have taken it, such as the arbiter.
contract Finding26_TransferredPosition is AdminProbe {
    function test_EscrowHasNoPositionsToTransfer() public {
        Terms memory terms = _disputed(ETH);
        vm.assertEq(_attack(address(escrow)), 0, "functions that hand a deal on");
        (address seller_, address buyer_) = escrow.partiesOf(terms);
        vm.assertEq(buyer_, buyer, "the buyer is who she was");
        vm.assertEq(seller_, seller, "and so is the seller");
        uint256 had = buyer.balance;
        _try(arbiter, address(escrow), abi.encodeCall(IEscrow.rule, (terms, 10_000, REASON, "")));
        vm.assertEq(buyer.balance - had, ETH_PRICE * 19 / 20, "who is paid what the arbiter rules");
        vm.assertEq(arbiter.balance, 0, "and not the arbiter");
    }

    function test_FaultyDealEndsWithItsArbiter() public {
        vm.prank(buyer);
        TransferableDeal faulty = new TransferableDeal{value: 1 ether}(arbiter);
        vm.assertEq(_attack(address(faulty)), 1, "transferFrom");
        _try(arbiter, address(faulty), abi.encodeCall(faulty.rule, (true, payable(seller))));
        vm.assertEq(arbiter.balance, 1 ether, "the arbiter ruled for itself");
    }

    /// @dev The buyer tries to put the arbiter in its place.
    function _attack(address target) private returns (uint256) {
        deployer = buyer;
        return _found(target, _transfers(), abi.encode(buyer, arbiter, uint256(0), uint256(0), uint256(160), uint256(0)));
    }
}
